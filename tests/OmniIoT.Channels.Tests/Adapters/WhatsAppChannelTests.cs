using Microsoft.AspNetCore.Http;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Meta;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Channels.Tests.Adapters;

public sealed class WhatsAppChannelTests : MediaContract
{
    private readonly GraphServer _server = new("access");

    private readonly KeptFiles _files = new();

    private protected override ProviderServer Server => _server;

    private protected override IChannelAdapter Adapter => new WhatsAppAdapter(Client, _files);

    private protected override IWebhookReader Reader { get; } = new WhatsAppReader();

    private protected override string Secret => "app secret";

    private protected override Identity From { get; } = new("phone", "+994501234567");

    private protected override Channel Sending(string endpoint, string credential) =>
        Sample.Channel(
            "whatsapp",
            $$"""
            {"endpoint":"{{endpoint}}","phoneNumberId":"1055","version":"v23.0","accessToken":"access","appSecret":"{{credential}}",
             "verifyToken":"knock"}
            """
        );

    private protected override string Message(string id, string text) =>
        $$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
            "contacts":[{"profile":{"name":"Leyla"},"wa_id":"994501234567"}],
            "messages":[{"from":"994501234567","id":"{{{id}}}","timestamp":"1764489600","type":"text","text":{"body":"{{{text}}}"}}]}}]}]}
            """;

    private protected override WebhookCall Proven(string body, string secret) =>
        Call(body, headers: ("X-Hub-Signature-256", Proof.Sha256Of(secret, System.Text.Encoding.UTF8.GetBytes(body))));

    private protected override IMediaSource Media => new WhatsAppMedia(Client);

    private protected override string MessageWithPicture() =>
        """
            {"entry":[{"changes":[{"value":{"messages":[{"from":"994501234567","id":"wamid.1","timestamp":"1764489600","type":"image",
            "image":{"id":"900","mime_type":"image/jpeg","caption":"Look"}}]}}]}]}
            """;

    private protected override string? MessageWithAddress(string address) => null;

    private protected override void Keep(byte[] picture) => Server.Keep("/files/900", picture);

    [Theory]
    [InlineData("knock", true)]
    [InlineData("kick", false)]
    public void Who_subscribes_knows_the_token_and_is_told_the_challenge(string token, bool isTold)
    {
        QueryCollection query = new(
            new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>
            {
                ["hub.mode"] = "subscribe",
                ["hub.verify_token"] = token,
                ["hub.challenge"] = "1158201444",
            }
        );
        WebhookReading reading = Reader.Read(Channel, Call("") with { Method = "GET", Query = query });

        if (isTold)
            Assert.Equal("1158201444", Assert.IsType<WebhookReading.Taken>(reading).Answer!.Text);
        else
            Assert.IsType<WebhookReading.Refused>(reading);
    }

    [Fact]
    public void A_message_that_came_too_late_says_that_the_window_is_closed()
    {
        const string Body = """
            {"entry":[{"changes":[{"value":{"statuses":[{"id":"wamid.7","status":"failed","errors":[{"code":131047,"title":"Re-engagement"}]}]}}]}]}
            """;

        Assert.Equal(
            new DeliveryReport("wamid.7", MessageState.Failed, "windowClosed"),
            Assert.Single(Assert.IsType<WebhookReading.Taken>(Reader.Read(Channel, Proven(Body, Secret))).Reports)
        );
    }

    [Fact]
    public async Task A_number_that_was_typed_without_its_country_leaves_with_it()
    {
        Channel channel = Channel;
        channel.Settings["region"] = "AZ";

        await Adapter.SendAsync(channel, Outgoing(new Identity("phone", "050 123 45 67")), TestContext.Current.CancellationToken);

        Assert.Equal("994501234567", (string?)Assert.Single(_server.Taken).Json["to"]);
    }

    [Fact]
    public async Task A_template_is_sent_with_its_language_and_parameters()
    {
        await SendAsync(Outgoing(To) with { Template = new MessageTemplate("visit", "az", ["Leyla"]) });

        ProviderCall call = Assert.Single(_server.Taken);
        Assert.Equal("/v23.0/1055/messages", call.Path);
        Assert.Equal("994501234567", (string?)call.Json["to"]);
        Assert.Equal(
            """{"name":"visit","language":{"code":"az"},"components":[{"type":"body","parameters":[{"type":"text","text":"Leyla"}]}]}""",
            call.Json["template"]!.ToJsonString()
        );
    }

    [Theory]
    [InlineData("99999999999999999")]
    [InlineData("-9000000000000000")]
    public void A_time_that_nobody_can_write_is_none(string time) =>
        Assert.Null(Assert.Single(Taken(Message("m-1", "x").Replace("1764489600", time, StringComparison.Ordinal))).Message.At);

    [Theory]
    [InlineData("image", "leak.png", new byte[] { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a })]
    [InlineData("document", "manual.txt", new byte[] { 0x41 })]
    public async Task A_file_is_handed_over_and_named_by_its_message(string kind, string name, byte[] content)
    {
        Attachment file = await _files.StoreAsync(name, content, TestContext.Current.CancellationToken);

        Assert.IsType<SendOutcome.Sent>(await SendAsync(Outgoing(To) with { Attachments = [file] }));

        Assert.Equal(["/v23.0/1055/media", "/v23.0/1055/messages"], _server.Taken.Select(static call => call.Path));
        Assert.Contains($"filename={name}", _server.Taken[0].Body, StringComparison.Ordinal);
        System.Text.Json.Nodes.JsonObject said = _server.Taken[1].Json;
        Assert.Equal(
            (kind, "media", "We are on it."),
            ((string?)said["type"], (string?)said[kind]!["id"], (string?)said[kind]!["caption"])
        );
    }

    [Fact]
    public async Task A_file_that_is_not_taken_has_its_message_wait()
    {
        Attachment file = await _files.StoreAsync("manual.txt", "A"u8.ToArray(), TestContext.Current.CancellationToken);
        Server.FailNext(System.Net.HttpStatusCode.ServiceUnavailable);

        Assert.IsType<SendOutcome.NotNow>(await SendAsync(Outgoing(To) with { Attachments = [file] }));
        Assert.Empty(_server.Taken);
    }
}
