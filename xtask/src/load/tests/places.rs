//! The places that loading gives to values.

use super::loaded;
use crate::pointer::Pointer;

#[test]
fn members_stand_at_their_keys_and_elements_where_they_begin() {
    let text = "\
# é comment
openapi: 3.1.0
  # ü
paths:
  /pets:
    \"get\" : # é
      tags: [a, 'b c' , \"d\\\"e\"]
      list:
        - name: x
          in: y
        - [1, {k: v}]
        -
          - |
            text
é: {ö: \"ü\", 'a''b': 1}
";
    let document = loaded(text);
    let table = [
        ("", (2, 1, 7)),
        ("/openapi", (2, 1, 7)),
        ("/paths", (4, 1, 5)),
        ("/paths/~1pets", (5, 3, 5)),
        ("/paths/~1pets/get", (6, 5, 5)),
        ("/paths/~1pets/get/tags", (7, 7, 4)),
        ("/paths/~1pets/get/tags/0", (7, 14, 1)),
        ("/paths/~1pets/get/tags/1", (7, 17, 5)),
        ("/paths/~1pets/get/tags/2", (7, 25, 6)),
        ("/paths/~1pets/get/list/0", (9, 11, 4)),
        ("/paths/~1pets/get/list/0/in", (10, 11, 2)),
        ("/paths/~1pets/get/list/1", (11, 11, 1)),
        ("/paths/~1pets/get/list/1/1/k", (11, 16, 1)),
        ("/paths/~1pets/get/list/2/0", (14, 13, 4)),
        ("/é", (15, 1, 1)),
        ("/é/ö", (15, 5, 1)),
        ("/é/a'b", (15, 13, 6)),
    ];
    for (pointer, expected) in table {
        let at = document.locate(&Pointer::from(pointer));
        assert_eq!((at.line, at.column, at.width), expected, "{pointer}");
    }
}

#[test]
fn columns_count_characters_of_the_file_also_after_joined_escapes() {
    let text =
        "{\"a\": \"\\ud83d\\ude00\", \"b\": [\"\\ud83d\\ude00\",\n 1, \"\\ud83d\\ude00\", \"c\"]}";
    let document = loaded(text);
    for (pointer, expected) in [
        ("/b", (1, 23, 3)),
        ("/b/1", (2, 2, 1)),
        ("/b/3", (2, 21, 3)),
    ] {
        let at = document.locate(&Pointer::from(pointer));
        assert_eq!((at.line, at.column, at.width), expected, "{pointer}");
    }
}
