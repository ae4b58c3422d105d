using MailKit.Security;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Email;

/// <summary>A server of mail, as the settings name it.</summary>
/// <param name="Port">0: what is usual for its security.</param>
/// <param name="User">Null: it asks nobody who they are.</param>
internal sealed record MailServer(string Host, int Port, SecureSocketOptions Security, string? User, string? Password)
{
    /// <param name="name"><c>smtp</c> or <c>imap</c>.</param>
    public static MailServer Of(Channel channel, string name) =>
        new(
            channel.Require(name, "host"),
            channel.Number(name, "port") ?? 0,
            channel.Text(name, "security")?.ToLowerInvariant() switch
            {
                "none" => SecureSocketOptions.None,
                "starttls" => SecureSocketOptions.StartTls,
                "tls" => SecureSocketOptions.SslOnConnect,
                // By the port, and TLS wherever the server offers it.
                _ => SecureSocketOptions.Auto,
            },
            channel.Text(name, "user"),
            channel.Text(name, "password")
        );
}
