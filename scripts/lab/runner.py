"""Takes plans on standard input, one JSON object a line, and answers with what real switches, routers and filters did.

Started by scripts/lab/driver.ts inside `unshare --net --mount --pid --fork --kill-child`.
"""
import json
import os
import resource
import socket
import struct
import sys
import traceback

import hearing
from conversations import Conversations
from frames import Tap, mac_bytes
from guests import Guests
from sandbox import Sandbox

#: ctnetlink: delete all entries of the namespace's connection table.
FLUSH = struct.pack("=IHHII", 20, (1 << 8) | 2, 1 | 4, 1, 0) + b"\0\0\0\0"


class Station:
    """An end of the network: one interface in one namespace."""

    def __init__(self, index, mac, device):
        self.index = index
        self.mac = mac_bytes(mac)
        self.tap = Tap(device)


class Runner:
    def __init__(self):
        self.sandbox = Sandbox()
        self.stations = {}
        self.canary = []
        self.trackers = []
        self.guests = None
        self.conversations = None

    def build(self, plan):
        self._close()
        self.sandbox.build(plan)
        for item in plan["stations"]:
            self.sandbox.enter(item["namespace"])
            self.stations[item["index"]] = Station(item["index"], item["mac"], item["device"])
        self.sandbox.enter(plan["canary"]["namespace"])
        self.canary = [Station(250 + n, mac, device) for n, (device, mac) in enumerate(plan["canary"]["devices"])]
        for name in plan["filters"]:
            self.sandbox.enter(name)
            tracker = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)
            tracker.bind((0, 0))
            self.trackers.append(tracker)
        self.sandbox.enter(None)
        return hearing.measure(self.canary, list(self.stations.values()), plan["tags"])

    def orders(self, orders):
        """Next hops for every path, and what the guests do."""
        for item in orders["routers"]:
            self.sandbox.batch(item["commands"], item["namespace"])
            self.sandbox.load(item["namespace"], item["rules"])
        self.guests = Guests(self.canary, self.stations, orders)
        return None

    def talk(self, rows):
        answer = self.guests.talk(rows)
        self._forget()
        return answer

    def configure(self, orders):
        """From guests that do as they like to machines as they are configured."""
        if self.guests is not None:
            self.guests.close()
            self.guests = None
        for item in orders["namespaces"]:
            self.sandbox.configure(item)
        self._forget()
        self.conversations = Conversations(self.sandbox, self.canary, list(self.stations.values()), orders["servers"])
        return None

    def converse(self, rows):
        answer = self.conversations.hold(rows)
        self._forget()
        return answer

    def _forget(self):
        for tracker in self.trackers:
            tracker.send(FLUSH)
            tracker.recv(4096)

    def _close(self):
        for talking in (self.guests, self.conversations):
            if talking is not None:
                talking.close()
        for station in [*self.stations.values(), *self.canary]:
            station.tap.socket.close()
        for tracker in self.trackers:
            tracker.close()
        self.stations, self.canary, self.trackers, self.guests, self.conversations = {}, [], [], None, None


def main():
    answers = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        runner = Runner()
        answer = {"result": runner.sandbox.lacks()}
    except Exception as error:  # pylint: disable=broad-except
        answer = {"error": f"{error}"}
    print(json.dumps(answer), file=answers)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"result": getattr(runner, request["do"])(request["with"])}
        except Exception as error:  # pylint: disable=broad-except
            answer = {"error": f"{error}", "trace": traceback.format_exc()[-1500:]}
        print(json.dumps(answer), file=answers)


main()
