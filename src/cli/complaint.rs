//! What the parser could not read, in words: what is wrong, and what to type instead.
//!
//! English is clap's own text; Chinese is made here from the kind and the context of the error.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::COMMANDS;
use super::arguments::command_position;
use crate::diagnostic::Language;

/// The complaint as it is printed, several lines where there is advice.
pub(super) fn in_words(error: &Error, parser: &Command, arguments: &[OsString], language: Language) -> String {
    let typed = command_position(parser, arguments).and_then(|at| arguments.get(at)).map(|name| name.to_string_lossy());
    let command = COMMANDS.iter().find(|command| Some(command.name) == typed.as_deref()).map(|command| command.name);
    match (language, chinese(error)) {
        (Language::Chinese, Some(message)) => format!("错误：{message}\n{}", where_to_read_on(command)),
        _ => english(error, typed.as_deref()),
    }
}

fn where_to_read_on(command: Option<&str>) -> String {
    match command {
        Some(command) => format!("说明：celan help {command}"),
        None => "说明：celan help".to_owned(),
    }
}

fn english(error: &Error, typed: Option<&str>) -> String {
    let text = error.render().to_string().trim_end().to_owned();
    match typed {
        Some(typed) if error.kind() == ErrorKind::InvalidSubcommand => format!("{text}\nTo search for it: celan search {typed}"),
        _ => text,
    }
}

/// The sentence for the kinds of error that this program's commands can meet.
fn chinese(error: &Error) -> Option<String> {
    let get = |kind| error.get(kind).map(written).unwrap_or_default();
    let (argument, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let kind = error.kind();
    let sentence = if kind == ErrorKind::InvalidSubcommand {
        let name = get(ContextKind::InvalidSubcommand);
        format!("没有“{name}”这个命令。{}要检索这个词，请用：celan search {name}", meant(&get(ContextKind::SuggestedSubcommand)))
    } else if kind == ErrorKind::UnknownArgument && argument.starts_with('-') {
        format!("不认识“{argument}”这个选项。{}", meant(&get(ContextKind::SuggestedArg)))
    } else if kind == ErrorKind::UnknownArgument {
        format!("多了一个参数“{argument}”。含空格的名称请加引号")
    } else if kind == ErrorKind::InvalidValue && value.is_empty() {
        format!("{argument} 后面缺少值{}", choices(&get(ContextKind::ValidValue)))
    } else if kind == ErrorKind::InvalidValue {
        format!("{argument} 不能是“{value}”{}", choices(&get(ContextKind::ValidValue)))
    } else if kind == ErrorKind::ValueValidation {
        format!("{argument} 不能是“{value}”，要一个从 0 起的整数")
    } else if kind == ErrorKind::MissingRequiredArgument {
        format!("缺少参数：{argument}")
    } else if kind == ErrorKind::ArgumentConflict && get(ContextKind::PriorArg) == argument {
        format!("{argument} 只能出现一次")
    } else if kind == ErrorKind::ArgumentConflict {
        format!("{argument} 与 {} 不能同时使用", get(ContextKind::PriorArg))
    } else if kind == ErrorKind::InvalidUtf8 {
        "参数不是有效的 UTF-8 文字，请检查终端编码".to_owned()
    } else if kind == ErrorKind::TooManyValues {
        format!("{argument} 不带值，多了“{value}”")
    } else {
        return None;
    };
    Some(sentence)
}

fn written(value: &ContextValue) -> String {
    if let ContextValue::Strings(values) = value { values.join("、") } else { value.to_string() }
}

fn meant(suggested: &str) -> String {
    if suggested.is_empty() { String::new() } else { format!("是不是要用：{suggested}？") }
}

fn choices(valid: &str) -> String {
    if valid.is_empty() { String::new() } else { format!("，可以是：{valid}") }
}
