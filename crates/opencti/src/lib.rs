//! Open CTI for Lightning: the wire messages and a typed client.
