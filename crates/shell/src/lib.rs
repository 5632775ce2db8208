//! Browser I/O around the core: clock, storage, tabs, audio, Open CTI port, providers.
