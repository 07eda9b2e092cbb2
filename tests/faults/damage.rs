//! Index files that are not what was written.
