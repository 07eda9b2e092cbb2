//! Why a file could not be read, in both languages.

use crate::diagnostic::{Bilingual, Language};

use super::readable;

/// What cannot be read, and what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExtractError {
    /// The bytes are of a known format that has no reader.
    #[error("{}", self.in_language(Language::English))]
    Unsupported {
        /// The format in English, such as `a PDF file`.
        english: &'static str,
        /// The format in Chinese, such as `PDF 文件`.
        chinese: &'static str,
    },
    /// The bytes are a text in an encoding that Chinese documents are not written in.
    #[error("{}", self.in_language(Language::English))]
    OtherEncoding {
        /// The encoding that it looks like.
        encoding: &'static str,
    },
    /// A text of which too much belongs to no character.
    #[error("{}", self.in_language(Language::English))]
    Damaged {
        /// The first byte that does not belong to a character of UTF-8, counted from 0.
        at: usize,
        /// The line where it stands, counted from 1.
        line: usize,
    },
    /// 乱码: a text that was read in a wrong encoding and saved so.
    #[error("{}", self.in_language(Language::English))]
    Mojibake {
        /// The encoding that it was mistaken for.
        mistaken: &'static str,
    },
    /// A web page whose elements lie too deep in each other.
    #[error("{}", self.in_language(Language::English))]
    TooDeep {
        /// The deepest nesting that is read.
        limit: usize,
    },
    /// A container of parts (ZIP) whose directory cannot be read.
    #[error("{}", self.in_language(Language::English))]
    DamagedContainer,
    /// A compound file (OLE) whose directory cannot be read.
    #[error("{}", self.in_language(Language::English))]
    DamagedCompound,
    /// A file that asks for a password.
    #[error("{}", self.in_language(Language::English))]
    Encrypted,
    /// A part of a container that is missing or cannot be read.
    #[error("{}", self.in_language(Language::English))]
    DamagedPart {
        /// Its name in the container, such as `word/document.xml`.
        part: String,
        /// The byte of the part where reading stopped, counted from 0, where it is known.
        at: Option<usize>,
    },
    /// A part that declares a document type, which could define entities without bound.
    #[error("{}", self.in_language(Language::English))]
    Declares {
        /// Its name in the container.
        part: String,
    },
    /// A file that goes past what any honest document needs.
    #[error("{}", self.in_language(Language::English))]
    TooLarge {
        /// What there is too much of in English, such as `entries`.
        english: &'static str,
        /// The same in Chinese with its measure word, such as `个条目`.
        chinese: &'static str,
        /// How much is allowed.
        limit: u64,
    },
    /// A file that is damaged or cut off.
    #[error("{}", self.in_language(Language::English))]
    DamagedFile {
        /// What it is in English, such as `PDF file`.
        english: &'static str,
        /// What it is in Chinese, such as ` PDF 文件`.
        chinese: &'static str,
    },
    /// Printed pages without text: scans, or fonts that do not say what their glyphs stand for.
    #[error("{}", self.in_language(Language::English))]
    NoText {
        /// How many pages there are.
        pages: usize,
        /// Whether there were glyphs that stand for no known character.
        undecoded: bool,
    },
    /// No text at all.
    #[error("{}", self.in_language(Language::English))]
    Binary,
    /// What an extraction outside of this process came to, in its own words.
    #[error("{}", self.in_language(Language::English))]
    Said(Bilingual),
}

impl ExtractError {
    /// The message in both languages: what the file is, and what can be read.
    #[must_use]
    pub fn message(&self) -> Bilingual {
        let readable = readable();
        let (chinese_list, english_list) = (readable.chinese, readable.english);
        match self {
            Self::Unsupported { english, chinese } => Bilingual::new(
                format!("这是{chinese}；目前可读：{chinese_list}，请先另存为其中一种"),
                format!("this is {english}; {english_list} can be read: save it as one of these first"),
            ),
            Self::OtherEncoding { encoding } => Bilingual::new(
                format!("这像是 {encoding} 编码的文本；请先转换为 UTF-8"),
                format!("this looks like text in {encoding}: convert it to UTF-8 first"),
            ),
            Self::Damaged { at, line } => Bilingual::new(
                format!("第{line}行（第{at}字节）起不是有效的 UTF-8，也不像其他中文编码；请检查文件是否损坏"),
                format!(
                    "from line {line} (byte {at}) on this is neither valid UTF-8 nor another Chinese encoding: check whether the file is damaged"
                ),
            ),
            Self::Mojibake { mistaken } => Bilingual::new(
                format!("这是乱码：原文曾被误作 {mistaken} 读取后另存，请使用原文件"),
                format!("this is mojibake: the text was once read as {mistaken} by mistake and saved so; use the original file"),
            ),
            Self::TooDeep { limit } => Bilingual::new(
                format!("此网页的元素嵌套超过{limit}层；请先另存为纯文本"),
                format!("the elements of this web page lie more than {limit} deep in each other: save it as plain text first"),
            ),
            Self::DamagedContainer => Bilingual::new(
                "这个 ZIP 容器（DOCX、OFD、XLSX 等）已损坏或不完整；请重新获取文件",
                "this ZIP container (DOCX, OFD, XLSX and others) is damaged or cut off: fetch the file again",
            ),
            Self::DamagedCompound => Bilingual::new(
                "这个 OLE 复合文件（DOC、WPS、XLS 等）已损坏或不完整；请重新获取文件",
                "this OLE compound file (DOC, WPS, XLS and others) is damaged or cut off: fetch the file again",
            ),
            Self::Encrypted => Bilingual::new(
                "文件设有打开密码；请用原来的软件打开，取消密码后另存一份",
                "the file is protected by a password: remove the password in the program that made it and save it anew",
            ),
            Self::DamagedPart { part, at } => Bilingual::new(
                format!(
                    "文件中的 {part} 缺失或已损坏{}；请重新获取文件",
                    at.map_or(String::new(), |at| format!("（第{at}字节处）"))
                ),
                format!(
                    "{part} is missing or damaged{}: fetch the file again",
                    at.map_or(String::new(), |at| format!(" (at byte {at})"))
                ),
            ),
            Self::Declares { part } => Bilingual::new(
                format!("文件中的 {part} 含有文档类型声明（DTD），为安全起见没有读取；请用 Word 或 WPS 另存一份"),
                format!("{part} declares a document type (DTD), which is not read for safety: save the file anew with Word or WPS"),
            ),
            Self::TooLarge { english, chinese, limit } => Bilingual::new(
                format!("文件含有超过{limit}{chinese}，为安全起见没有读取；请检查文件来源"),
                format!("the file has more than {limit} {english}, which is not read for safety: check where it comes from"),
            ),
            Self::DamagedFile { english, chinese } => Bilingual::new(
                format!("这个{chinese}已损坏或不完整；请重新获取文件"),
                format!("this {english} is damaged or cut off: fetch the file again"),
            ),
            Self::NoText { pages, undecoded: false } => Bilingual::new(
                format!("全部{pages}页都没有文字层（多为扫描件）；请先做文字识别（OCR）"),
                format!("none of the {pages} page(s) has a text layer, as in a scan: run text recognition (OCR) first"),
            ),
            Self::NoText { pages, undecoded: true } => Bilingual::new(
                format!("全部{pages}页的字体都没有注明字形对应的字符，读不出文字；请先做文字识别（OCR）"),
                format!(
                    "the fonts of all {pages} page(s) do not say what their glyphs stand for: run text recognition (OCR) first"
                ),
            ),
            Self::Binary => Bilingual::new(
                format!("这不是文本文件；目前可读：{chinese_list}"),
                format!("this is not a text file; {english_list} can be read"),
            ),
            Self::Said(message) => message.clone(),
        }
    }

    /// The message in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        self.message().in_language(language).to_owned()
    }
}
