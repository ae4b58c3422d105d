using MailKit.Security;
using OmniIoT.Channels.Email;

namespace OmniIoT.Channels.Tests.Adapters;

public sealed class MailServerTests
{
    [Theory]
    [InlineData("""{"host":"mail.example"}""", 993, SecureSocketOptions.SslOnConnect)]
    [InlineData("""{"host":"mail.example","port":143}""", 143, SecureSocketOptions.Auto)]
    [InlineData("""{"host":"mail.example","security":"startTls"}""", 0, SecureSocketOptions.StartTls)]
    [InlineData("""{"host":"mail.example","security":"none"}""", 0, SecureSocketOptions.None)]
    public void A_mailbox_is_read_over_tls_where_nothing_else_is_said(string imap, int port, SecureSocketOptions security)
    {
        MailServer server = MailServer.Of(Sample.Channel("email", $$"""{"imap":{{imap}}}"""), MailServer.Imap);

        Assert.Equal((port, security), (server.Port, server.Security));
    }
}
