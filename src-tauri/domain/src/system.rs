//! What a system's error is in words. The system speaks English, or whatever it was set up in; the
//! usual kinds are said in Chinese, and any other as the system says it.

use std::io::{Error, ErrorKind};

/// An error of the system, for people.
pub fn words(error: &Error) -> String {
    // What a program of ours says has words already.
    if error.get_ref().is_some() {
        return error.to_string();
    }
    let words = match error.kind() {
        ErrorKind::NotFound => "找不到这个文件或文件夹",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::IsADirectory => "这是文件夹，不是文件",
        ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘空间不足",
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
        ErrorKind::AlreadyExists => "已有同名的文件或文件夹",
        ErrorKind::InvalidFilename => "文件名不能用",
        ErrorKind::ResourceBusy => "正被其他程序使用",
        ErrorKind::AddrInUse => "端口已被其他程序占用",
        ErrorKind::UnexpectedEof => "文件不完整",
        ErrorKind::TimedOut => "等候超时",
        _ => return error.to_string(),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_errors_are_said_in_chinese_and_none_is_lost() {
        for (number, said) in
            [(2, "找不到"), (13, "没有权限"), (21, "文件夹"), (28, "空间不足"), (30, "只读")]
        {
            let words = words(&Error::from_raw_os_error(number));
            assert!(words.contains(said), "{words}");
        }
        assert_eq!(words(&Error::other("证书不对")), "证书不对");
        let rare = Error::from_raw_os_error(71);
        assert_eq!(words(&rare), rare.to_string());
    }
}
