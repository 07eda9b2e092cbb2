//! The pictures in `docs/pictures/` show the program as it is: each is drawn anew from keys and compared.
//!
//! `CELAN_BLESS=1 cargo test --test pictures` writes them; look at what changed.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests stop at the first surprise")]
#![expect(dead_code, reason = "the driver is shared with other tests, which use more of it")]

#[path = "tui/drawer.rs"]
mod drawer;
#[path = "tui/driver.rs"]
mod driver;
#[path = "tui/picture.rs"]
mod picture;

use std::fs;
use std::path::Path;

use celan::diagnostic::Language;
use driver::{Driver, Fixture};
use ratatui::layout::Size;

/// A picture: its name, the keys that lead to what it shows, and what it is called in Chinese and in English.
struct Picture {
    name: &'static str,
    keys: &'static str,
    titles: [&'static str; 2],
}

const PICTURES: [Picture; 7] = [
    Picture { name: "reading", keys: "/ 4.3.4 Enter", titles: ["目录与正文", "Outline and text"] },
    Picture {
        name: "search", keys: "/ 跨境电商", titles: ["检索：按篇章分组，附依据", "Search: grouped, with reasons"]
    },
    Picture { name: "why", keys: "/ 易货贸易 F4", titles: ["为什么排在这里", "Why a hit is where it is"] },
    Picture { name: "headings", keys: "^P ncds", titles: ["按拼音首字母查标题", "Headings by pinyin initials"] },
    Picture { name: "table", keys: "/ 加工贸易 Enter", titles: ["表格", "A table"] },
    Picture { name: "indicators", keys: "I", titles: ["规划指标", "Indicators"] },
    Picture { name: "which", keys: "Tab ] ] g", titles: ["按 g 之后有哪些键", "What may follow g"] },
];

#[test]
fn the_pictures_show_the_program_as_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let is_blessing = std::env::var_os("CELAN_BLESS").is_some_and(|value| value == "1");
    let mut stale = Vec::new();
    for (language, suffix) in [(Language::Chinese, "zh"), (Language::English, "en")] {
        let fixture = Fixture { language, ..Fixture::hunan() };
        for Picture { name, keys, titles } in &PICTURES {
            let mut driver = Driver::new(&fixture, Size { width: 110, height: 32 });
            driver.type_keys(keys);
            let drawn = picture::svg(&driver.buffer(), language.pick(titles[0], titles[1]));
            let path = folder.join(format!("{name}.{suffix}.svg"));
            if is_blessing {
                fs::create_dir_all(&folder).unwrap();
                fs::write(&path, drawn).unwrap();
            } else if fs::read_to_string(&path).ok() != Some(drawn) {
                stale.push(path);
            }
        }
    }
    assert!(stale.is_empty(), "these no longer show the program (CELAN_BLESS=1 cargo test --test pictures): {stale:#?}");
}
