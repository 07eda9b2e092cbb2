//! Addresses as people speak and type them → an address to look up.
