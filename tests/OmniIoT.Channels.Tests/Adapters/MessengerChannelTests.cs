using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Meta;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Channels.Tests.Adapters;

public sealed class MessengerChannelTests : MediaContract
{
    private readonly GraphServer _server = new("access");

    private protected override ProviderServer Server => _server;

    private protected override IChannelAdapter Adapter => new MessengerAdapter(Client);

    private protected override IWebhookReader Reader { get; } = new MessengerReader();

    private protected override string Secret => "app secret";

    private protected override Identity From { get; } = new("messenger", "77001");

    private protected override Channel Sending(string endpoint, string credential) =>
        Sample.Channel(
            "messenger",
            $$"""{"endpoint":"{{endpoint}}","pageId":"42","accessToken":"access","appSecret":"{{credential}}","verifyToken":"knock"}"""
        );

    private protected override string Message(string id, string text) =>
        $$$"""
            {"object":"page","entry":[{"id":"42","messaging":[{"sender":{"id":"77001"},"recipient":{"id":"42"},"timestamp":1764489600000,
            "message":{"mid":"{{{id}}}","text":"{{{text}}}"}}]}]}
            """;

    private protected override WebhookCall Proven(string body, string secret) =>
        Call(body, headers: ("X-Hub-Signature-256", Proof.Sha256Of(secret, System.Text.Encoding.UTF8.GetBytes(body))));

    private protected override IMediaSource Media => new MessengerMedia(Client);

    private protected override string MessageWithPicture() => MessageWithAddress(Server.Endpoint + "/cdn/1");

    private protected override string MessageWithAddress(string address) =>
        $$$"""
            {"entry":[{"messaging":[{"sender":{"id":"77001"},"timestamp":1764489600000,
            "message":{"mid":"m-1","attachments":[{"type":"image","payload":{"url":"{{{address}}}"}}]}}]}]}
            """;

    private protected override void Keep(byte[] picture) => Server.Keep("/cdn/1", picture, isOpen: true);

    [Fact]
    public void What_the_page_wrote_itself_is_no_message() =>
        Assert.Empty(Taken(Message("m", "x").Replace("\"text\"", "\"is_echo\":true,\"text\"", StringComparison.Ordinal)));

    [Theory]
    [InlineData("99999999999999999")]
    [InlineData("-9000000000000000")]
    public void A_time_that_nobody_can_write_is_none(string time) =>
        Assert.Null(Assert.Single(Taken(Message("m-1", "x").Replace("1764489600000", time, StringComparison.Ordinal))).Message.At);
}
