//! A Tauri window with nothing in it, that says when its page is there.

#[tauri::command]
fn ready() {
    println!("ready");
}

fn main() -> tauri::Result<()> {
    let app = tauri::Builder::default().invoke_handler(tauri::generate_handler![ready]);
    app.run(tauri::generate_context!())
}
