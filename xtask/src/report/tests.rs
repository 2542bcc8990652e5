//! How findings look, and that every one of the first stages is shown.
