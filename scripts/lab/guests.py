"""Guests that control their own kernels: they send any address by any neighbour, take over addresses, answer and forward.

A probe is one conversation from one end to another by one path. The path's number travels in the IP identification field, by which
routers choose the next hop; sender and receiver travel in the type-of-service byte, by which distributed firewalls know them.
"""
import struct

from frames import ACK, ANYONE, ETH_P_IP, ICMP, PSH, SYN, TCP, UDP, ethernet, nothing, only_packets, packet, relayed
from pulse import Pulse

DIRECT = 0
#: Ends whose number fits in half a byte; the others belong to routers, which work in the kernel.
MOST_PARTY_ENDS = 15
#: Probes in flight at once; more would overflow the buffers of the switches.
BURST = 32


class Probe:
    __slots__ = ("index", "sender", "receiver", "source", "target", "protocol", "client", "port", "path", "back")

    def __init__(self, index, row):
        self.index = index
        (self.sender, self.receiver, source, target, self.protocol, self.client, self.port, self.path, self.back) = row
        self.source = bytes(map(int, source.split(".")))
        self.target = bytes(map(int, target.split(".")))


class Guests:
    """Stations, the paths between them (see scripts/lab/paths.ts) and the tag by which each station is heard by each other."""

    def __init__(self, canary, stations, orders):
        self.stations = stations
        self.first = {int(path): station for path, station in orders["first"].items()}
        self.relays = {(path, station): (out, after) for path, station, out, after in orders["relays"]}
        self.tags = {(a, b): tag for a, b, tag in orders["tags"]}
        self.turn = 0
        self.probes, self.delivered, self.answered, self.seen = [], set(), set(), set()
        guests = []
        for station in stations.values():
            if station.index <= MOST_PARTY_ENDS:
                station.tap.accept_only(only_packets(station.mac, station.index))
                guests.append(station)
            else:
                station.tap.accept_only(nothing())
        self.pulse = Pulse(canary, guests, self._hear)

    def close(self):
        self.pulse.close()

    def talk(self, rows):
        """[delivered, answered] of each probe, as indices."""
        self.turn = (self.turn + 1) % 256
        self.probes = [Probe(index, row) for index, row in enumerate(rows)]
        self.delivered, self.answered, self.seen = set(), set(), set()
        for start in range(0, len(self.probes), BURST):
            for probe in self.probes[start:start + BURST]:
                self._speak(probe, 0, forth=True)
            self.pulse.sync()
        self.pulse.settle()
        return [sorted(self.delivered), sorted(self.answered)]

    def _hear(self, station, frame, _):
        data = frame[14:]
        above = {ICMP: 8, TCP: 20, UDP: 8}[data[9]]
        if data[9] == ICMP and data[20] not in (0, 8):
            return
        index, stage, turn = struct.unpack_from("!IBB", data, 20 + above)
        # Where two uplinks of a team lead to one switch, every frame comes twice; a guest heeds the first.
        seen = (index, stage, station.index, data[8], frame[:6] == ANYONE)
        if turn != self.turn or seen in self.seen:
            return
        self.seen.add(seen)
        path = struct.unpack_from("!H", data, 4)[0]
        if path != DIRECT and frame[:6] != ANYONE:
            self._relay(station, path, data)
        elif data[1] & 0x0F == station.index:
            self._answer(station, self.probes[index], stage)

    def _answer(self, station, probe, stage):
        if stage % 2 == 0 and station.index == probe.receiver:
            if stage == 0:
                self.delivered.add(probe.index)
            if probe.back >= 0:
                self._speak(probe, stage + 1, forth=False)
        elif stage % 2 == 1 and station.index == probe.sender:
            if probe.protocol == TCP and stage == 1:
                self._speak(probe, 2, forth=True)
            else:
                self.answered.add(probe.index)

    def _relay(self, station, path, data):
        order = self.relays.get((path, station.index))
        if order is None:
            return
        out, after = order
        sender = self.stations[out]
        if after is None:
            target, tag = ANYONE, self.tags.get((out, data[1] & 0x0F))
        else:
            target, tag = self.stations[after].mac, self.tags.get((out, after))
        if tag is not None:
            sender.tap.send(ethernet(target, sender.mac, tag, ETH_P_IP, relayed(data)))

    def _speak(self, probe, stage, forth):
        speaker, listener = (probe.sender, probe.receiver) if forth else (probe.receiver, probe.sender)
        path = probe.path if forth else probe.back
        near = listener if path == DIRECT else self.first[path]
        tag = self.tags.get((speaker, near))
        if tag is None:
            return
        source, target = (probe.source, probe.target) if forth else (probe.target, probe.source)
        service = ((speaker << 4) | listener, probe.protocol, self._header(probe, stage, forth))
        data = packet(source, target, service, path, struct.pack("!IBBxx", probe.index, stage, self.turn))
        station = self.stations[speaker]
        station.tap.send(ethernet(self.stations[near].mac, station.mac, tag, ETH_P_IP, data))

    @staticmethod
    def _header(probe, stage, forth):
        source, target = (probe.client, probe.port) if forth else (probe.port, probe.client)
        if probe.protocol == ICMP:
            return struct.pack("!BBHHH", 8 if forth else 0, 0, 0, probe.client, 1)
        if probe.protocol == UDP:
            return struct.pack("!HHHH", source, target, 16, 0)
        # The payload of every segment is eight bytes; SYN takes one number too.
        mine, other, flags = [(1000, 0, SYN), (5000, 1009, SYN | ACK), (1009, 5009, ACK | PSH), (5009, 1017, ACK | PSH)][stage]
        return struct.pack("!HHIIBBHHH", source, target, mine, other, 0x50, flags, 64000, 0, 0)
