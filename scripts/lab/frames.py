"""Raw frames: what a guest that controls its own kernel can send, and what it hears."""
import ctypes
import socket
import struct

ETH_P_ALL, ETH_P_IP, ETH_P_ARP = 0x0003, 0x0800, 0x0806
#: IEEE 802 local experimental ethertype: neither IP nor ARP.
ETH_P_TEST = 0x88B5
SOL_PACKET, PACKET_AUXDATA, PACKET_IGNORE_OUTGOING = 263, 8, 23
TP_STATUS_VLAN_VALID = 0x10
SO_ATTACH_FILTER, SO_SNDBUFFORCE, SO_RCVBUFFORCE = 26, 32, 33
BROADCAST = b"\xff" * 6
#: Nobody's address, which switches flood: the last hop of every way. What is sent to all would pass for a connection of filters that drop it,
#: as Linux bridges confirm what goes up to their own host.
ANYONE = b"\x02\x00\x00\x00\xff\xff"

ICMP, TCP, UDP = 1, 6, 17
SYN, ACK, PSH = 2, 16, 8


def mac_bytes(text):
    return bytes.fromhex(text.replace(":", ""))


class Tap:
    """A raw socket on one interface; tags are read from the kernel's side data, for it takes them out of the frame."""

    def __init__(self, device):
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        self.socket.setblocking(False)
        self.socket.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
        self.socket.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 8 << 20)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_SNDBUFFORCE, 4 << 20)
        self.socket.bind((device, ETH_P_ALL))

    def fileno(self):
        return self.socket.fileno()

    def accept_only(self, program):
        """Attaches a classic BPF program: a list of (code, jump if true, jump if false, operand)."""
        code = b"".join(struct.pack("HBBI", *line) for line in program)
        buffer = ctypes.create_string_buffer(code)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", len(program), ctypes.addressof(buffer)))
        while self.receive() is not None:
            pass

    def receive(self):
        """(frame without its tag, tag or 0), or None when there is nothing to read."""
        try:
            data, ancillary, _, _ = self.socket.recvmsg(2048, 64)
        except BlockingIOError:
            return None
        for level, kind, content in ancillary:
            if level == SOL_PACKET and kind == PACKET_AUXDATA:
                status, _, _, _, _, tci, _ = struct.unpack_from("IIIHHHH", content)
                if status & TP_STATUS_VLAN_VALID:
                    return data, tci & 0x0FFF
        return data, 0

    def send(self, data):
        self.socket.send(data)


def only_test_frames():
    """ARP and the experimental ethertype."""
    return [(0x28, 0, 0, 12), (0x15, 1, 0, ETH_P_TEST), (0x15, 0, 1, ETH_P_ARP), (0x06, 0, 0, 0xFFFF), (0x06, 0, 0, 0)]


def nothing():
    return [(0x06, 0, 0, 0)]


def only_packets(mac, number):
    """IP to this MAC address, or to anyone's where the low half of the type-of-service byte is this end's number."""
    high, low = struct.unpack("!IH", mac)
    shared, anyone = struct.unpack("!IH", ANYONE)
    assert high == shared
    return [
        (0x28, 0, 0, 12), (0x15, 0, 9, ETH_P_IP),
        (0x20, 0, 0, 0), (0x15, 0, 7, high), (0x28, 0, 0, 4), (0x15, 4, 0, low),
        (0x15, 0, 4, anyone), (0x30, 0, 0, 15), (0x54, 0, 0, 0x0F), (0x15, 0, 1, number),
        (0x06, 0, 0, 0xFFFF), (0x06, 0, 0, 0),
    ]


def addressed_packets(mac):
    """IP to this MAC address, and ARP."""
    high, low = struct.unpack("!IH", mac)
    return [
        (0x28, 0, 0, 12), (0x15, 5, 0, ETH_P_ARP), (0x15, 0, 5, ETH_P_IP),
        (0x20, 0, 0, 0), (0x15, 0, 3, high), (0x28, 0, 0, 4), (0x15, 0, 1, low),
        (0x06, 0, 0, 0xFFFF), (0x06, 0, 0, 0),
    ]


def ethernet(target, source, tag, kind, payload):
    if tag:
        return target + source + struct.pack("!HHH", 0x8100, tag, kind) + payload
    return target + source + struct.pack("!H", kind) + payload


def call(kind, mac, station, tag_index, sweep):
    """A broadcast that names its sender and the tag that it was sent with: an experimental frame, or an ARP request."""
    mark = struct.pack("!BBH", sweep, station, tag_index)
    if kind == ETH_P_TEST:
        return (mark * 12)[:46]
    return (struct.pack("!HHBBH", 1, ETH_P_IP, 6, 4, 1) + mac + b"\0" * 4 + b"\0" * 6 + mark + b"\0" * 18)[:46]


def read_call(frame):
    """(ethertype, sweep, station, tag index) of a frame that `call` made."""
    kind = struct.unpack_from("!H", frame, 12)[0]
    sweep, station, tag_index = struct.unpack_from("!BBH", frame, 14 if kind == ETH_P_TEST else 14 + 24)
    return kind, sweep, station, tag_index


def checksum(header):
    total = sum(struct.unpack(f"!{len(header) // 2}H", header))
    total = (total & 0xFFFF) + (total >> 16)
    return ~(total + (total >> 16)) & 0xFFFF


def packet(source, target, service, ident, payload):
    """An IPv4 packet. `service` is (type of service, protocol, header of the protocol); addresses are four bytes."""
    tos, protocol, above = service
    head = struct.pack("!BBHHHBBH", 0x45, tos, 20 + len(above) + len(payload), ident, 0, 64, protocol, 0) + source + target
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + above + payload


def relayed(data):
    """The same packet after one more hop."""
    head = bytearray(data[:20])
    head[8] -= 1
    head[10:12] = b"\0\0"
    head[10:12] = struct.pack("!H", checksum(bytes(head)))
    return bytes(head) + data[20:]
