"""Connected components of layer 2 by networkx. Reads {"ends": [vertex], "edges": [vertex, vertex, ...]} from the file named; prints as JSON
the milliseconds for the graph and for its components, and the component of each end."""
import json
import sys
import time

import networkx

with open(sys.argv[1], encoding="utf-8") as file:
    given = json.load(file)
flat = given["edges"]
started = time.perf_counter()
graph = networkx.Graph()
graph.add_nodes_from(given["ends"])
graph.add_edges_from(zip(flat[0::2], flat[1::2]))
built = time.perf_counter()
components = list(networkx.connected_components(graph))
found = time.perf_counter()
component_of = {}
for index, vertices in enumerate(components):
    for vertex in vertices:
        component_of[vertex] = index
json.dump({
    "graphMs": (built - started) * 1000,
    "componentsMs": (found - built) * 1000,
    "componentOfEnd": [component_of[vertex] for vertex in given["ends"]],
}, sys.stdout)
