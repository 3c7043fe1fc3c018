"""The sandbox: Open vSwitch's daemons, and the namespaces, cables and switches of one topology at a time.

Runs as the first process inside `unshare --net --mount --pid`; when it ends the kernel removes everything that it made.
"""
import ctypes
import fcntl
import os
import socket
import struct
import subprocess
import time

CLONE_NEWNET = 0x40000000
SIOCGIFFLAGS, SIOCSIFFLAGS, SIOCETHTOOL = 0x8913, 0x8914, 0x8946
IFF_UP, IFF_RUNNING = 0x1, 0x40
ETHTOOL_STXCSUM = 0x17
RUN = "/run/lab"

_libc = ctypes.CDLL(None, use_errno=True)


class Failure(Exception):
    """A command that did not do what was asked."""


def run(command, text=None):
    done = subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"{' '.join(command)[:200]}: {(done.stderr or done.stdout).strip()[:2000]}")
    return done.stdout


class Nft:
    """The nft program's own library, so that a ruleset costs no process."""

    def __init__(self):
        self.lib = ctypes.CDLL("libnftables.so.1")
        self.lib.nft_ctx_new.restype = ctypes.c_void_p
        self.lib.nft_ctx_get_error_buffer.restype = ctypes.c_char_p
        self.lib.nft_ctx_get_error_buffer.argtypes = [ctypes.c_void_p]
        self.lib.nft_ctx_buffer_error.argtypes = [ctypes.c_void_p]
        self.lib.nft_ctx_free.argtypes = [ctypes.c_void_p]
        self.lib.nft_run_cmd_from_buffer.argtypes = [ctypes.c_void_p, ctypes.c_char_p]

    def load(self, rules):
        """Loads a ruleset into the namespace that the process is in."""
        context = self.lib.nft_ctx_new(0)
        self.lib.nft_ctx_buffer_error(context)
        failed = self.lib.nft_run_cmd_from_buffer(context, rules.encode())
        message = self.lib.nft_ctx_get_error_buffer(context).decode()
        self.lib.nft_ctx_free(context)
        if failed:
            raise Failure(f"nft: {message[:1500]}\n{rules[:3000]}")


class Sandbox:
    def __init__(self):
        run(["mount", "-t", "tmpfs", "none", "/run"])
        run(["mount", "-t", "proc", "none", "/proc"])
        os.makedirs("/run/netns")
        os.makedirs(RUN)
        self.home = os.open("/proc/self/ns/net", os.O_RDONLY)
        self.nft = Nft()
        self.namespaces = {}
        self.bridges = []
        self.serial = 0
        self._quiet()
        self._start_switches()
        run(["ip", "link", "set", "lo", "up"])

    def _start_switches(self):
        os.environ.update(OVS_RUNDIR=RUN, OVS_LOGDIR=RUN, OVS_DBDIR=RUN, OVS_SYSCONFDIR=RUN)
        self.database = f"unix:{RUN}/db.sock"
        run(["ovsdb-tool", "create", f"{RUN}/conf.db", "/usr/share/openvswitch/vswitch.ovsschema"])
        quiet = ["-vconsole:off", "-vsyslog:off"]
        run(["ovsdb-server", f"{RUN}/conf.db", f"--remote=punix:{RUN}/db.sock", f"--pidfile={RUN}/ovsdb.pid", "--detach", *quiet])
        # Double-tagged frames fail over patch ports unless any number of tags is parsed.
        run(["ovs-vsctl", f"--db={self.database}", "--no-wait", "init", "--", "set", "Open_vSwitch", ".", "other_config:vlan-limit=0"])
        run(["ovs-vswitchd", self.database, f"--pidfile={RUN}/vswitchd.pid", "--detach", "--disable-system", *quiet])

    def lacks(self):
        """What the laboratory needs of the kernel and does not find."""
        missing = []
        if not os.path.exists("/proc/sys/net/bridge/bridge-nf-call-iptables"):
            missing.append("netfilter for bridges (br_netfilter)")
        trials = [
            ("veth", lambda: run(["ip", "link", "add", "try1", "type", "veth", "peer", "name", "try2"])),
            ("bridge", lambda: run(["ip", "link", "add", "name", "try3", "type", "bridge"])),
            ("policy routing", lambda: run(["ip", "rule", "add", "fwmark", "99", "lookup", "99"])),
            ("nf_tables with connection tracking", lambda: self.nft.load("table ip try { chain try { type filter hook forward priority 0; ct state new accept\n }\n }\n")),
            ("nf_tables for bridges", lambda: self.nft.load("table bridge try { chain try { type filter hook forward priority 0; accept\n }\n }\n")),
        ]
        for name, trial in trials:
            try:
                trial()
            except Failure:
                missing.append(name)
        for cleanup in (["ip", "link", "del", "try1"], ["ip", "link", "del", "try3"], ["ip", "rule", "del", "fwmark", "99"], ["nft", "flush", "ruleset"]):
            subprocess.run(cleanup, stderr=subprocess.DEVNULL, check=False)
        return missing

    # ---- namespaces ------------------------------------------------------------------------------------------------------------

    def enter(self, name):
        """Moves the process into a namespace of the topology; None is the sandbox itself."""
        target = self.home if name is None else self.namespaces[name]
        if _libc.setns(target, CLONE_NEWNET) != 0:
            raise Failure(f"setns {name}: {os.strerror(ctypes.get_errno())}")

    def batch(self, lines, namespace=None):
        if lines:
            self.enter(namespace)
            self._batch_here(lines)
            self.enter(None)

    @staticmethod
    def _batch_here(lines):
        try:
            run(["ip", "-batch", "-"], "\n".join(lines) + "\n")
        except Failure as failure:
            at = str(failure).rsplit(":", 1)[-1].strip()
            raise Failure(f"{failure}: {lines[int(at) - 1] if at.isdigit() else ''}") from failure

    def load(self, namespace, rules):
        self.enter(namespace)
        self.nft.load(rules)
        self.enter(None)

    def up(self, names, offload=True):
        """Brings interfaces of the current namespace up."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            for name in names:
                request = struct.pack("16sH14x", name.encode(), 0)
                flags = struct.unpack("16sH14x", fcntl.ioctl(control, SIOCGIFFLAGS, request))[1]
                fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sH14x", name.encode(), flags | IFF_UP))
                if not offload:
                    value = ctypes.create_string_buffer(struct.pack("II", ETHTOOL_STXCSUM, 0))
                    fcntl.ioctl(control, SIOCETHTOOL, struct.pack("16sP8x", name.encode(), ctypes.addressof(value)))

    def configure(self, item):
        """Addresses and routes of a machine, and its rules in the place of those before."""
        self.enter(item["namespace"])
        for path, value in item["settings"].items():
            write(f"/proc/sys/net/{path}", value)
        if item["commands"]:
            self._batch_here(item["commands"])
        if item["rules"] is not None:
            self.nft.load("flush ruleset\n" + item["rules"])
        self.enter(None)

    def _wait_for_carrier(self, item, seconds=10.0):
        """A bridge forwards nothing to a port of which it has not been told that it runs."""
        self.enter(item["name"])
        give_up = time.monotonic() + seconds
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            for name in item["devices"]:
                request = struct.pack("16sH14x", name.encode(), 0)
                while not struct.unpack("16sH14x", fcntl.ioctl(control, SIOCGIFFLAGS, request))[1] & IFF_RUNNING:
                    if time.monotonic() > give_up:
                        raise Failure(f"{name} in {item['name']} never ran")
                    time.sleep(0.002)

    @staticmethod
    def _quiet():
        """No address of its own accord: a neighbour discovery frame would be traffic that nobody asked for."""
        for scope in ("all", "default"):
            path = f"/proc/sys/net/ipv6/conf/{scope}/disable_ipv6"
            if os.path.exists(path):
                write(path, "1")

    # ---- one topology ----------------------------------------------------------------------------------------------------------

    def build(self, plan):
        """Makes the namespaces, cables and switches of a plan (see scripts/lab/plan.ts), and removes those of the one before."""
        old = self.bridges
        self.serial += 1
        suffix = f"_{self.serial:x}"
        lines = [f"netns del {name}" for name in self.namespaces]
        for handle in self.namespaces.values():
            os.close(handle)
        names = [item["name"] for item in plan["namespaces"]]
        lines += [f"netns add {name}" for name in names]
        lines += [line.replace("@", suffix) for line in plan["links"]]
        self.namespaces = {}
        self.batch(lines)
        for name in names:
            self.namespaces[name] = os.open(f"/run/netns/{name}", os.O_RDONLY)
        self.bridges = [name + suffix for name in plan["bridges"]]
        clauses = [clause for name in old for clause in ("--", "--if-exists", "del-br", name)]
        clauses += [word.replace("@", suffix) for word in plan["ovs"]]
        run(["ovs-vsctl", "--timeout=20", f"--db={self.database}", *clauses[1:]])
        if plan["flows"]:
            run(["ovs-ofctl", "add-flows", plan["adaptor"].replace("@", suffix), "-"], "\n".join(plan["flows"]) + "\n")
        for item in plan["namespaces"]:
            self._furnish(item)
        for item in plan["namespaces"]:
            self._wait_for_carrier(item)
        self.enter(None)

    def _furnish(self, item):
        self.enter(item["name"])
        self._quiet()
        for path, value in item["settings"].items():
            write(f"/proc/sys/net/{path}", value)
        if item["commands"]:
            self._batch_here(item["commands"])
        self.up(["lo"])
        self.up(item["devices"], offload=False)
        if item["rules"]:
            self.nft.load(item["rules"])


def write(path, value):
    with open(path, "w", encoding="ascii") as file:
        file.write(value)
