/** The page of the peer that is named behind the # of the address. */
void (location.hash === "#cytoscape" ? import("./cytoscape") : import("./react-flow"));
