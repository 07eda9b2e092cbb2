//! What the reader makes of OFD files, honest and hostile.
