"""Who hears a raw broadcast frame: every end sends with every tag, everyone listens."""
from frames import BROADCAST, ETH_P_ARP, ETH_P_TEST, call, ethernet, only_test_frames, read_call
from pulse import Pulse

#: Two sweeps must agree before a silence is believed.
MOST_SWEEPS = 8


def measure(canary, stations, tags):
    """[[sender, tag, listener, tag heard, 1 if ARP], …] of two sweeps that agree. `tags`: 0 is untagged."""
    sweep = Sweep(canary, stations, tags)
    before = None
    try:
        for number in range(1, MOST_SWEEPS + 1):
            heard = sweep.run(number)
            if heard == before:
                return sorted(heard)
            before = heard
    finally:
        sweep.pulse.close()
    raise TimeoutError("what is heard differs from sweep to sweep")


class Sweep:
    def __init__(self, canary, stations, tags):
        self.stations = stations
        self.tags = tags
        self.number = 0
        self.heard = set()
        for station in stations:
            station.tap.accept_only(only_test_frames())
        self.pulse = Pulse(canary, stations, self._hear)

    def run(self, number):
        self.number, self.heard = number, set()
        for station in self.stations:
            for index, tag in enumerate(self.tags):
                for kind in (ETH_P_TEST, ETH_P_ARP):
                    station.tap.send(ethernet(BROADCAST, station.mac, tag, kind, call(kind, station.mac, station.index, index, number)))
            self.pulse.sync()
        self.pulse.settle()
        return self.heard

    def _hear(self, listener, frame, tag):
        kind, number, sender, index = read_call(frame)
        if number == self.number and sender != listener.index:
            self.heard.add((sender, self.tags[index], listener.index, tag, 1 if kind == ETH_P_ARP else 0))
