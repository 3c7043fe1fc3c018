"""Asks z3 what an ACL passes. Reads from the file named {"rules": [{"allows", "from": [network, mask], "to", "ports": [low, high], "in"}],
"queries": [{"from": address, "to": address, "port", "in"}]}, numbers all; `in` is 0 where any will do. First match wins, what nothing matches is
denied. Prints as JSON the milliseconds and the answer of each query; the formula is built before."""
import json
import sys
import time

import z3

with open(sys.argv[1], encoding="utf-8") as file:
    given = json.load(file)
source, target = z3.BitVec("source", 32), z3.BitVec("target", 32)
port, enters = z3.BitVec("port", 16), z3.BitVec("enters", 16)


def matches(rule):
    (network, mask), (other, other_mask), (low, high) = rule["from"], rule["to"], rule["ports"]
    parts = [source & mask == network, target & other_mask == other, z3.UGE(port, low), z3.ULE(port, high)]
    if rule["in"] != 0:
        parts.append(enters == rule["in"])
    return z3.And(parts)


passes = z3.BoolVal(False)
for rule in reversed(given["rules"]):
    passes = z3.If(matches(rule), z3.BoolVal(rule["allows"]), passes)
solver = z3.Solver()
solver.add(passes)
answers = []
for query in given["queries"]:
    started = time.perf_counter()
    solver.push()
    solver.add(source == query["from"], target == query["to"], port == query["port"], enters == query["in"])
    allowed = solver.check() == z3.sat
    solver.pop()
    answers.append({"ms": (time.perf_counter() - started) * 1000, "allowed": allowed})
json.dump(answers, sys.stdout)
