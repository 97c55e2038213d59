//! How text is written into HTML, so that nothing in it is read as more than text.

use minijinja::value::Value;
use minijinja::{AutoEscape, Error, Output, State, escape_formatter};

/// What would end the text, or the value of an attribute, that it stands in. A slash ends neither,
/// and stays: addresses can be read in a page's source.
const INSTEAD: [(char, &str); 5] =
    [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;"), ('\'', "&#39;")];

/// Writes a value; what is HTML already, as it is.
pub(super) fn write(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() && *state.auto_escape() == AutoEscape::Html => {
            for part in text.split_inclusive(INSTEAD.map(|(letter, _)| letter)) {
                let instead = |(letter, instead)| Some((part.strip_suffix(letter)?, instead));
                let (plain, instead) = INSTEAD.into_iter().find_map(instead).unwrap_or((part, ""));
                out.write_str(plain)?;
                out.write_str(instead)?;
            }
            Ok(())
        }
        Some(_) | None => escape_formatter(out, state, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::Environment;

    fn written(template: &str, it: &str) -> String {
        let mut look = Environment::new();
        look.set_formatter(write);
        look.add_template("page.html", template).unwrap();
        look.get_template("page.html").unwrap().render(minijinja::context! { it }).unwrap()
    }

    #[test]
    fn an_address_stands_in_a_page_as_it_is() {
        assert_eq!(written("<a href=\"{{ it }}\">", "/a/b?c=d"), "<a href=\"/a/b?c=d\">");
    }

    #[test]
    fn nothing_ends_the_text_or_the_value_that_it_stands_in() {
        let hostile = "\"' onload='x()'></a><script>x()</script>&quot;";
        let once = "&quot;&#39; onload=&#39;x()&#39;&gt;&lt;/a&gt;&lt;script&gt;x()&lt;/script&gt;\
                    &amp;quot;";
        assert_eq!(written("{{ it }}", hostile), once);
        assert_eq!(written("<a title=\"{{ it }}\">", hostile), format!("<a title=\"{once}\">"));
        assert_eq!(written("<a title='{{ it }}'>", hostile), format!("<a title='{once}'>"));
    }

    #[test]
    fn what_a_macro_wrote_is_not_written_twice() {
        let template = "{% macro said(it) %}<b>{{ it }}</b>{% endmacro %}{{ said(it) }}{{ 7 }}";
        assert_eq!(written(template, "</b>"), "<b>&lt;/b&gt;</b>7");
    }
}
