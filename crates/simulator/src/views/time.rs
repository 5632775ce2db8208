//! Times in words.

/// Hours, minutes, seconds and milliseconds of the day, in UTC, which is what the messages' own times are in.
pub(crate) fn clock(at: u64) -> String {
    let (ms, seconds) = (at % 1_000, at / 1_000);
    format!("{:02}:{:02}:{:02}.{ms:03}", seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_time_is_written_to_the_millisecond() {
        assert_eq!(clock(1_768_467_600_042), "09:00:00.042");
    }
}
