"""Odd things that somebody, or a program, may type into a field."""

from hypothesis import strategies as st

ODD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["", "\0", "a\0b", "-1", "1e999", "²", "9" * 30, "NaN", "0", "1"]),
    st.sampled_from(["0001-01-01", "9999-12-31", "2027-03-28", "31/02/2027", "01:30", "24:00"]),
    st.sampled_from(["=1+1", "<script>", "'; DROP TABLE", "\u202e", "💥" * 70, "x" * 5_000]),
    st.sampled_from(
        ["on", "yes", "no", "email", "sms", "hall", "web", "full", "a, carer\nb, king"]
    ),
    st.sampled_from(["not-a-uuid", "00000000-0000-0000-0000-000000000001", "javascript:alert(1)"]),
    st.sampled_from(
        ["a@b", "a@example.org", "+44 7700 900123", "https://[::1", "http://10.0.0.1/"]
    ),
)
