using System.Net.Sockets;
using MailKit;
using MailKit.Security;
using MimeKit;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Email;

/// <summary>A server of mail, as the settings name it.</summary>
/// <param name="Port">0: what is usual for its security.</param>
/// <param name="User">Null: it asks nobody who they are.</param>
internal sealed record MailServer(string Host, int Port, SecureSocketOptions Security, string? User, string? Password)
{
    /// <summary>The settings of the server that sends.</summary>
    public const string Smtp = "smtp";

    /// <summary>The settings of the server whose mailbox is read.</summary>
    public const string Imap = "imap";

    /// <summary>IMAP over TLS: what a mailbox is read by where neither port nor security is said (RFC 8314, 3.2).</summary>
    private const int ImapsPort = 993;

    /// <param name="name"><see cref="Smtp"/> or <see cref="Imap"/>.</param>
    public static MailServer Of(Channel channel, string name)
    {
        int? port = channel.Number(name, "port");
        string? security = channel.Text(name, "security")?.ToLowerInvariant();
        if (name == Imap && port is null && security is null)
            (port, security) = (ImapsPort, "tls");
        return new(
            channel.Require(name, "host"),
            port ?? 0,
            security switch
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

    /// <summary>Whether something is the server's doing, or the network's.</summary>
    public static bool IsOfServer(Exception error) =>
        error
            is CommandException
                or ProtocolException
                or FolderNotFoundException
                or AuthenticationException
                or SslHandshakeException
                or ServiceNotConnectedException
                or ServiceNotAuthenticatedException
                or IOException
                or SocketException
                or NotSupportedException
                or TimeoutException
                or ParseException;
}
