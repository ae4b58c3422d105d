using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using MimeKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.TestKit.Providers;

/// <summary>
/// A real Dovecot on a free loopback port with one mailbox in a directory of its own; ended with the test that started it.
/// </summary>
public sealed class ImapServer : IAsyncDisposable
{
    public const string User = "help";
    public const string Password = "password-of-the-mailbox";

    private readonly TemporaryDirectory _directory = new();
    private readonly string _executable = InstalledProgram.Require("dovecot");
    private LineProcess? _process;

    private ImapServer() { }

    public int Port { get; } = FreePort.Find();

    /// <summary>The settings of a channel that reads it.</summary>
    public string Settings => $$"""{"host":"127.0.0.1","port":{{Port}},"security":"none","user":"{{User}}","password":"{{Password}}"}""";

    /// <summary>Skips the test where Dovecot is not installed; fails where it must be.</summary>
    public static async Task<ImapServer> StartAsync()
    {
        ImapServer server = new();
        await File.WriteAllTextAsync(server.ConfigurationFile, server.Configuration());
        Directory.CreateDirectory(server.MailDirectory);
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            OpenToAll(server._directory.Path, server.MailDirectory);
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        _process = LineProcess.Start(_executable, "-F", "-c", ConfigurationFile);
        await Awaited.Seen(async () => await AnswersAsync() ? this : null, "Dovecot that answers");
    }

    /// <summary>Ends it with all its connections, as a machine that goes away does: asked politely it takes ten seconds.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        await _process.KillAsync();
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Puts mails into the mailbox, unseen.</summary>
    public async Task DeliverAsync(params IReadOnlyList<string> mails)
    {
        foreach (string mail in mails)
            await DeliverAsync(mail, TimeSpan.Zero);
    }

    /// <summary>Puts a mail into the mailbox, unseen, as if it lay there for some time.</summary>
    public async Task DeliverAsync(string mail, TimeSpan age)
    {
        using ImapClient client = await SignInAsync();
        using MimeMessage message = await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(mail)));
        await client.Inbox!.AppendAsync(message, MessageFlags.None, TimeProvider.System.GetUtcNow() - age);
        await client.DisconnectAsync(quit: true);
    }

    /// <summary>How many mails there are, and of these how many are unseen and how many flagged.</summary>
    public async Task<(int All, int Unseen, int Flagged)> CountAsync()
    {
        using ImapClient client = await SignInAsync();
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly);
        (int, int, int) counts = (
            client.Inbox.Count,
            (await client.Inbox.SearchAsync(SearchQuery.NotSeen)).Count,
            (await client.Inbox.SearchAsync(SearchQuery.Flagged)).Count
        );
        await client.DisconnectAsync(quit: true);
        return counts;
    }

    /// <summary>How many clients are signed in now.</summary>
    public async Task<int> ConnectionsAsync()
    {
        using Process who = Process.Start(
            new ProcessStartInfo("doveadm", ["-c", ConfigurationFile, "-f", "flow", "who", "-1"]) { RedirectStandardOutput = true }
        )!;
        string said = await who.StandardOutput.ReadToEndAsync();
        await who.WaitForExitAsync();
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
    }

    /// <summary>All mails are as if nobody had seen them.</summary>
    public async Task MakeUnseenAsync()
    {
        using ImapClient client = await SignInAsync();
        await client.Inbox!.OpenAsync(FolderAccess.ReadWrite);
        await client.Inbox.RemoveFlagsAsync(await client.Inbox.SearchAsync(SearchQuery.All), MessageFlags.Seen, silent: true);
        await client.DisconnectAsync(quit: true);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private string ConfigurationFile => Path.Combine(_directory.Path, "dovecot.conf");

    private string MailDirectory => Path.Combine(_directory.Path, "mail");

    /// <summary>Dovecot reads no mail as root.</summary>
    private static string Reader => Environment.IsPrivilegedProcess ? "nobody" : Environment.UserName;

    private string Configuration() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            base_dir = {{_directory.Path}}/run
            state_dir = {{_directory.Path}}/state
            log_path = /dev/stderr
            protocols = imap
            listen = 127.0.0.1
            ssl = no
            disable_plaintext_auth = no
            default_internal_user = {{Reader}}
            default_login_user = {{Reader}}
            default_internal_group = {{(Environment.IsPrivilegedProcess ? "nogroup" : Environment.UserName)}}
            first_valid_uid = 1
            mail_location = maildir:{{MailDirectory}}
            mail_home = {{MailDirectory}}
            mail_uid = {{Reader}}
            mail_gid = {{(Environment.IsPrivilegedProcess ? "nogroup" : Environment.UserName)}}
            passdb {
              driver = static
              args = user={{User}} password={{Password}}
            }
            userdb {
              driver = static
              args = allow_all_users=yes
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = {{Port}}
              }
              inet_listener imaps {
                port = 0
              }
            }
            service anvil {
              chroot =
            }
            """
        );

    [UnsupportedOSPlatform("windows")]
    private static void OpenToAll(params ReadOnlySpan<string> directories)
    {
        const UnixFileMode all = (UnixFileMode)0b111_111_111;
        foreach (string directory in directories)
            File.SetUnixFileMode(directory, all);
    }

    private async Task<ImapClient> SignInAsync()
    {
        ImapClient client = new();
        await client.ConnectAsync("127.0.0.1", Port, SecureSocketOptions.None);
        await client.AuthenticateAsync(User, Password);
        return client;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using ImapClient client = await SignInAsync();
            return true;
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException or ProtocolException or CommandException)
        {
            return false;
        }
    }
}
