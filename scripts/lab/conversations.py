"""Plain conversations between configured machines: sockets of the kernel, with its routing tables, its ARP and its own addresses."""
import contextlib
import errno
import select
import socket
import struct
import time

from frames import ETH_P_ARP, ICMP, TCP, UDP, addressed_packets
from pulse import Pulse

SO_MARK = 36


class Flow:
    __slots__ = ("index", "source", "target", "protocol", "client", "port", "receivers", "socket", "said")

    def __init__(self, index, row):
        self.index = index
        self.source, self.target, self.protocol, self.client, self.port = row["key"]
        self.receivers = row["receivers"]
        self.socket = None
        self.said = False


class Conversations:
    """`servers`: [namespace, addresses, tcp ports, udp ports]. A station belongs to the node of its namespace."""

    def __init__(self, sandbox, canary, stations, servers):
        self.sandbox = sandbox
        self.flows = {}
        self.delivered, self.answered = set(), set()
        self.handlers = {}
        self.peers = []
        for station in stations:
            station.tap.accept_only(addressed_packets(station.mac))
        self.pulse = Pulse(canary, stations, self._overhear)
        for namespace, addresses, tcp, udp in servers:
            sandbox.enter(namespace)
            for port in tcp:
                self._serve_tcp(port)
            for address in addresses:
                for port in udp:
                    self._serve_udp(address, port)
        sandbox.enter(None)

    def close(self):
        for one, _ in self.handlers.values():
            one.close()
        self.pulse.close()

    def hold(self, rows):
        """[delivered, answered] of each conversation, as indices. A row has a namespace, a mark, the receiver's stations and a key."""
        flows = [Flow(index, row) for index, row in enumerate(rows)]
        self.flows = {(f.source, f.target, f.protocol, f.client, f.port): f for f in flows}
        self.delivered, self.answered = set(), set()
        for start in range(0, len(rows), 24):
            for flow, row in zip(flows[start:start + 24], rows[start:start + 24]):
                self.sandbox.enter(row["namespace"])
                if not self._begin(flow, row["mark"]):
                    # Its own server still waits for the last word of a connection of the same name; for a second, as it is set.
                    time.sleep(1.2)
                    if not self._begin(flow, row["mark"]):
                        raise OSError(errno.EADDRNOTAVAIL, f"{row['key']} is in use")
            self._pump()
            self.pulse.sync()
        self.sandbox.enter(None)
        self._settle()
        for flow in flows:
            if flow.socket is not None:
                self._forget(flow.socket)
        for peer in self.peers:
            self._forget(peer)
        self.peers = []
        self._settle()
        return [sorted(self.delivered), sorted(self.answered)]

    def _settle(self):
        quiet = 0
        while quiet < 6:
            moved = self._pump()
            quiet = 0 if self.pulse.sync() or moved else quiet + 1

    # ---- servers ---------------------------------------------------------------------------------------------------------------

    def _serve_tcp(self, port):
        server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(("0.0.0.0", port))
        server.listen(512)
        self._watch(server, self._accept)

    def _serve_udp(self, address, port):
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        # A client may have to use the very port that its machine serves.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind((address, port))
        self._watch(server, self._echo_datagram)

    def _accept(self, server):
        peer, _ = server.accept()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.peers.append(peer)
        self._watch(peer, self._echo_stream)

    def _echo_stream(self, peer):
        data = peer.recv(64)
        if data:
            peer.send(data)
        else:
            self._forget(peer)

    @staticmethod
    def _echo_datagram(server):
        data, peer = server.recvfrom(64)
        # A machine that has no way back to one client still serves the next.
        with contextlib.suppress(OSError):
            server.sendto(data, peer)

    # ---- clients ---------------------------------------------------------------------------------------------------------------

    def _begin(self, flow, mark):
        """False where the addresses and ports are those of another connection."""
        kinds = {ICMP: (socket.SOCK_RAW, socket.IPPROTO_ICMP), TCP: (socket.SOCK_STREAM, 0), UDP: (socket.SOCK_DGRAM, 0)}
        client = socket.socket(socket.AF_INET, *kinds[flow.protocol])
        client.setblocking(False)
        # Closed without a farewell, so that the same ports can be used again.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if mark:
            client.setsockopt(socket.SOL_SOCKET, SO_MARK, mark)
        flow.socket = client
        try:
            client.bind((flow.source, 0 if flow.protocol == ICMP else flow.client))
            if flow.protocol == ICMP:
                client.connect((flow.target, 0))
                client.send(echo_request(flow.client))
                self._watch(client, lambda one: self._hear_echo(flow, one))
            elif flow.protocol == UDP:
                client.connect((flow.target, flow.port))
                client.send(b"hello")
                self._watch(client, lambda one: self._hear(flow, one))
            else:
                self._watch(client, lambda one: self._hear_stream(flow, one), select.EPOLLIN | select.EPOLLOUT)
                client.connect((flow.target, flow.port))
        except BlockingIOError:
            pass
        except OSError as error:
            self._forget(client)
            flow.socket = None
            if error.errno == errno.EADDRNOTAVAIL:
                return False
            if error.errno not in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EACCES, errno.EINVAL):
                raise
        return True

    def _hear(self, flow, client):
        if client.recv(64):
            self.answered.add(flow.index)

    def _hear_echo(self, flow, client):
        data = client.recv(512)
        kind, _, _, ident, _ = struct.unpack_from("!BBHHH", data, 20)
        if kind == 0 and ident == flow.client:
            self.answered.add(flow.index)

    def _hear_stream(self, flow, client):
        if not flow.said:
            flow.said = True
            client.send(b"hello")
            self.pulse.poll.modify(client.fileno(), select.EPOLLIN)
        else:
            self._hear(flow, client)

    # ---- what arrives ----------------------------------------------------------------------------------------------------------

    def _watch(self, one, handler, events=select.EPOLLIN):
        one.setblocking(False)
        self.handlers[one.fileno()] = (one, handler)
        self.pulse.watch(one.fileno(), events, self._ready)

    def _forget(self, one):
        if one.fileno() in self.handlers:
            self.pulse.unwatch(one.fileno())
            del self.handlers[one.fileno()]
        one.close()

    def _ready(self, descriptor):
        entry = self.handlers.get(descriptor)
        if entry is None:
            return
        one, handler = entry
        try:
            handler(one)
        except BlockingIOError:
            pass
        except OSError:
            self._forget(one)

    def _pump(self):
        return self.pulse.look()

    def _overhear(self, station, frame, tag):
        """Delivered is what comes to the machine's own interface, whether or not its kernel can answer. It takes no tags."""
        if tag or struct.unpack_from("!H", frame, 12)[0] == ETH_P_ARP:
            return
        data = frame[14:]
        protocol, above = data[9], data[20:]
        source, target = socket.inet_ntoa(data[12:16]), socket.inet_ntoa(data[16:20])
        if protocol == ICMP:
            key = (source, target, ICMP, struct.unpack_from("!H", above, 4)[0], 0)
            first = above[0] == 8
        else:
            client, port = struct.unpack_from("!HH", above)
            key = (source, target, protocol, client, port)
            first = protocol == UDP or (above[13] & 0x12) == 0x02
        flow = self.flows.get(key)
        if first and flow is not None and station.index in flow.receivers:
            self.delivered.add(flow.index)


def echo_request(ident):
    head = struct.pack("!BBHHH", 8, 0, 0, ident, 1)
    total = sum(struct.unpack("!HHHH", head))
    return struct.pack("!BBHHH", 8, 0, ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF, ident, 1)
