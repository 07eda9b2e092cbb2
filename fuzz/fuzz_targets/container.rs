#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| celan_fuzz::targets::container(bytes));
