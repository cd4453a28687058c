//! What `--send` says and asks, in the language of whoever types.

use fuwake_core::case::Language;

/// The words of one language.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "the words themselves say when they are said")]
pub(super) struct Words(pub(super) Language);

impl Words {
    fn pick<T>(self, ja: T, en: T) -> T {
        match self.0 {
            Language::Ja => ja,
            Language::En => en,
        }
    }

    pub(super) fn needs(self, table: &str) -> String {
        self.pick(
            format!("--send には、設定ファイルの {table} が必要です"),
            format!("--send needs {table} in the configuration"),
        )
    }

    pub(super) fn nothing(self) -> &'static str {
        self.pick("送るものはありません", "nothing to send")
    }

    pub(super) fn draft(self, to: &str, draft: &str, bytes: usize) -> String {
        self.pick(format!("{to}: {draft}({bytes} バイト)"), format!("{to}: {draft} ({bytes} bytes)"))
    }

    pub(super) fn question(self, host: &str, answer: &str) -> String {
        self.pick(
            format!("これらを {host} から今すぐ送信します。送ったあとで取り消すことはできません。送るには「{answer}」と入力してください:"),
            format!("These go out through {host} now and cannot be called back. Type \"{answer}\" to send them:"),
        )
    }

    pub(super) fn unconfirmed(self) -> &'static str {
        self.pick(
            "送信を確認する入力がなかったので、何も送りませんでした",
            "nothing was sent: it was not confirmed",
        )
    }

    pub(super) fn may_have_it(self, to: &str, draft: &str) -> String {
        self.pick(
            format!("{to} には、この件がすでに届いているかもしれません。前回は送信の途中でプログラムが終わっています。{draft} は送りません。届いていないと分かったら、sent.jsonl からこの宛先の行を消してください"),
            format!("{to} may have this case already: an earlier run ended while it was sent; {draft} is not sent. Once you know that it did not come, take its line out of sent.jsonl"),
        )
    }

    pub(super) fn has_it(self, to: &str, draft: &str) -> String {
        self.pick(
            format!("{to} には、この件を送信済みです。{draft} は送りません"),
            format!("{to} has this case already; {draft} is not sent"),
        )
    }

    pub(super) fn gets_another(self, to: &str, draft: &str) -> String {
        self.pick(
            format!("{to} に送るのは、この件につき 1 通だけです。{draft} は送りません"),
            format!("{to} is sent one mail about this case; {draft} is not sent"),
        )
    }

    pub(super) fn sent(self, to: &str, draft: &str) -> String {
        self.pick(format!("{to} に {draft} を送りました"), format!("{to} was sent {draft}"))
    }

    pub(super) fn not_sent(self, to: &str, draft: &str, why: &str) -> String {
        self.pick(
            format!("{to} に {draft} を送れませんでした: {why}"),
            format!("{to} was not sent {draft}: {why}"),
        )
    }

    pub(super) fn broke(self, to: &str) -> String {
        self.pick(
            format!("メールサーバーとの接続が切れました。{to} に届いたかどうかは分かりません"),
            format!("the way to the mail server broke: whether {to} has the mail is not known"),
        )
    }

    pub(super) fn refused(self, refused: usize, all: usize) -> String {
        self.pick(
            format!("{all} 通のうち {refused} 通を送れませんでした"),
            format!("{refused} of {all} were not sent"),
        )
    }

    pub(super) fn unread(self, file: &str) -> String {
        self.pick(format!("{file} を読めません"), format!("cannot read {file}"))
    }

    pub(super) fn unwritten(self, file: &str) -> String {
        self.pick(format!("{file} に書き込めません"), format!("cannot write {file}"))
    }

    pub(super) fn damaged(self, file: &str) -> String {
        self.pick(format!("{file} が壊れています"), format!("{file} is damaged"))
    }

    pub(super) fn in_use(self, file: &str) -> String {
        self.pick(
            format!("{file} は使用中です。この件は今、別のところで送信しています"),
            format!("{file} is in use: this case is being sent"),
        )
    }

    pub(super) fn unlocked(self, file: &str) -> String {
        self.pick(
            format!("{file} をロックできません。同時に送信しないことを確かめられないので、送りません"),
            format!("cannot lock {file}: nothing is sent, as another run may be sending"),
        )
    }

    pub(super) fn takes_none_now(self, host: &str) -> String {
        self.pick(
            format!("メールサーバー {host} は応答しましたが、今はメールを受け付けていません"),
            format!("the mail server {host} answers, but takes no mail now"),
        )
    }

    pub(super) fn not_let_in(self, host: &str, code: u16) -> String {
        self.pick(
            format!("メールサーバー {host} がユーザー名かパスワードを受け付けません({code})"),
            format!("the mail server {host} does not accept the user name or the password ({code})"),
        )
    }

    pub(super) fn unproven(self, host: &str, why: &str) -> String {
        self.pick(
            format!("メールサーバー {host} が本物かどうか確かめられないか、TLS で通信できません: {why}"),
            format!("the mail server {host} could not prove who it is, or speaks no TLS: {why}"),
        )
    }

    pub(super) fn not_offered(self, host: &str, why: &str) -> String {
        self.pick(
            format!(
                "メールサーバー {host} は、必要な機能(STARTTLS またはログイン方式)に対応していません: {why}"
            ),
            format!(
                "the mail server {host} does not offer what is asked for (STARTTLS, a way to log in): {why}"
            ),
        )
    }

    pub(super) fn unusable(self, host: &str, why: &str) -> String {
        self.pick(
            format!("メールサーバー {host} を使えません: {why}"),
            format!("the mail server {host} cannot be used: {why}"),
        )
    }

    pub(super) fn unprotected(self) -> &'static str {
        self.pick(
            "tls = \"none\" を使えるのは、このコンピューターで動くメールサーバーだけです",
            "tls = \"none\" is for a mail server on this machine only",
        )
    }

    pub(super) fn half_a_log_in(self) -> &'static str {
        self.pick(
            "[publish.smtp] には、user とパスワードを両方とも書くか、両方とも省いてください",
            "[publish.smtp] needs both user and a password, or neither",
        )
    }

    pub(super) fn several_passwords(self) -> &'static str {
        self.pick(
            "[publish.smtp] に書けるのは、password_env、password_file、password_command のどれか 1 つです",
            "[publish.smtp] takes one of password_env, password_file and password_command",
        )
    }

    pub(super) fn no_variable(self, name: &str) -> String {
        self.pick(format!("環境変数 {name} がありません"), format!("the environment has no {name}"))
    }

    pub(super) fn no_tls(self) -> &'static str {
        self.pick("TLS の準備ができません", "cannot set up TLS")
    }

    pub(super) fn no_command(self) -> &'static str {
        self.pick("password_command を実行できません", "password_command cannot be run")
    }

    pub(super) fn command_failed(self, code: Option<i32>) -> String {
        match code {
            Some(code) => self.pick(
                format!("password_command が失敗しました(終了コード {code})"),
                format!("password_command failed (exit status {code})"),
            ),
            None => self.pick(
                "password_command が途中で強制終了しました".to_owned(),
                "password_command was killed by a signal".to_owned(),
            ),
        }
    }

    pub(super) fn no_certificate(self, file: &str) -> String {
        self.pick(
            format!("ca_file {file} を証明書(PEM)として読めません"),
            format!("ca_file {file} holds no certificates in PEM"),
        )
    }

    pub(super) fn no_text(self) -> &'static str {
        self.pick("password_command の出力が UTF-8 ではありません", "password_command prints no UTF-8")
    }
}
