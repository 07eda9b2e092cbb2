//! The file of settings with everything that it can say, each line commented out and saying the default.

use std::fmt::Write;

use super::super::keymap::{self, Sequence};
use super::super::palette::{self, Name};
use crate::diagnostic::Language;
use crate::export::STYLES;

/// The text of the file.
#[must_use]
pub fn template(language: Language) -> String {
    let say = |chinese: &'static str, english: &'static str| language.pick(chinese, english);
    let themes = Name::ALL.map(Name::written).join(", ");
    let styles = STYLES.map(|style| style.name).join(", ");
    let roles: Vec<&str> = palette::roles().collect();
    let mut text = format!(
        "# {}\n# {}\n\n# {}\n# language = \"zh\"\n\n# {}\n# ambiguous = \"auto\"\n\n# {}\n# mouse = true\n\n# {}{styles}\n# copy = \"official\"\n\n# {}{themes}\n\
         # theme = \"dark\"\n#\n# {}\n# {}\n# {}{}\n# [theme]\n# name = \"dark\"\n# found = \"black on yellow\"\n\n# {}\n# {}\n[keys]\n",
        say(
            "策览的设置。去掉行首的 # 即生效；写错的一行会在启动时指出，其余照常。",
            "Settings of celan. Take away the # of a line to set it; a line that is wrong is told at the start, the rest holds."
        ),
        say("各行写的是缺省值。", "Each line says what holds by default."),
        say(
            "界面语言：zh 中文，en 英文；不写则看 CELAN_LANG 和系统语言",
            "Language: zh or en; by CELAN_LANG and the locale where it is not said"
        ),
        say("“”—… 等字符的宽度：auto 自动，narrow 一列，wide 两列", "Width of “ ” — …: auto, narrow (one column), wide (two)"),
        say("是否接管鼠标；界面中 Alt-m 随时开关", "Whether the mouse is listened to; Alt-m switches at any time"),
        say("复制和导出的引用样式：", "Style of citations that are copied and exported: "),
        say("主题：", "Theme: "),
        say(
            "也可逐项改样式（用表代替上面一行）；写法：[bold|dim|italic|underline|reverse] 颜色 [on 底色]，",
            "or a table instead of that line, with styles: [bold|dim|italic|underline|reverse] COLOUR [on COLOUR];"
        ),
        say(
            "颜色为 red、light-blue 之类的名字、0–255 或 #rrggbb。",
            "a colour is a name such as red or light-blue, 0 to 255, or #rrggbb."
        ),
        say("可改的样式：", "Roles: "),
        roles.join(", "),
        say(
            "按键：每个动作一行。键的写法：n、G、ctrl-j、alt-m、f5、enter、esc、tab、shift-tab、space、up、pagedown……；先后两键中间空一格：\"g h\"。",
            "Keys: one line an action. Names of keys: n, G, ctrl-j, alt-m, f5, enter, esc, tab, shift-tab, space, up, pagedown...; two keys in turn with a space between them: \"g h\"."
        ),
        say(
            "同一动作在几处有不同的键时，所写的键各处通用（输入行里只取不打出字的键）。",
            "Where an action has other keys in other places, those written hold in all of them (in a line where one types, only keys that type nothing)."
        ),
    );
    let mut seen: Vec<&str> = Vec::new();
    for binding in keymap::table() {
        if seen.contains(&binding.id) {
            continue;
        }
        seen.push(binding.id);
        let mut keys: Vec<String> = Vec::new();
        for key in keymap::table().filter(|other| other.id == binding.id).flat_map(|other| other.keys.iter()).map(Sequence::written)
        {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let keys: Vec<String> = keys.iter().map(|key| toml::Value::from(key.as_str()).to_string()).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "# {} = [{}]  # {}", binding.id, keys.join(", "), binding.name(language));
    }
    text
}
