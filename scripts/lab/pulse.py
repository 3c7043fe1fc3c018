"""Waiting for the switches: not for some time to pass, but until a canary frame that was sent after all others has come through."""
import select
import struct
import time

from frames import BROADCAST, ETH_P_TEST, ethernet, only_test_frames

#: Canaries in a row during which nobody hears anything; a packet takes at most a few switches from hop to hop.
QUIET = 5


class Pulse:
    """The taps of some stations, and the canary's two ports on a bridge of its own in the same Open vSwitch process."""

    def __init__(self, canary, stations, hear):
        """`hear(station, frame, tag)` is called for whatever arrives."""
        self.first, self.second = canary
        self.hear = hear
        self.beat = 0
        self.poll = select.epoll()
        self.by_fd, self.others = {}, {}
        self.second.tap.accept_only(only_test_frames())
        self.poll.register(self.second.tap.fileno(), select.EPOLLIN)
        for station in stations:
            self.poll.register(station.tap.fileno(), select.EPOLLIN)
            self.by_fd[station.tap.fileno()] = station

    def close(self):
        self.poll.close()

    def watch(self, descriptor, events, ready):
        """Calls `ready(descriptor)` whenever something happens there."""
        self.others[descriptor] = ready
        self.poll.register(descriptor, events)

    def unwatch(self, descriptor):
        self.poll.unregister(descriptor)
        del self.others[descriptor]

    def look(self):
        """Everything that is there already; whether there was anything."""
        anything = False
        while True:
            ready = [one for one in self.poll.poll(0) if one[0] != self.second.tap.fileno()]
            if not ready:
                return anything
            for fd, _ in ready:
                anything = self._handle(fd) or anything

    def sync(self, seconds=10.0):
        """Sends a canary and hears everything until it is back; whether anything else was heard."""
        self.beat += 1
        mark = struct.pack("!I", self.beat)
        call = ethernet(BROADCAST, self.first.mac, 0, ETH_P_TEST, mark * 12)
        give_up = time.monotonic() + seconds
        self.first.tap.send(call)
        anything = False
        while True:
            ready = self.poll.poll(0.2)
            back = False
            for fd, _ in ready:
                if fd == self.second.tap.fileno():
                    while (got := self.second.tap.receive()) is not None:
                        back = back or got[0][14:18] == mark
                else:
                    anything = self._handle(fd) or anything
            if back:
                return anything
            if time.monotonic() > give_up:
                raise TimeoutError("the canary was not heard: the switches are not in order")
            if not ready:
                self.first.tap.send(call)

    def settle(self, seconds=60.0):
        """Until nothing moves any more."""
        quiet, give_up = 0, time.monotonic() + seconds
        while quiet < QUIET:
            quiet = 0 if self.sync() else quiet + 1
            if time.monotonic() > give_up:
                raise TimeoutError("frames go round without end")

    def _handle(self, fd):
        if fd in self.by_fd:
            return self._drain(self.by_fd[fd])
        other = self.others.get(fd)
        if other is not None:
            other(fd)
        return True

    def _drain(self, station):
        anything = False
        while (got := station.tap.receive()) is not None:
            anything = True
            self.hear(station, *got)
        return anything
