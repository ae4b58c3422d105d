using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Meta;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Channels.Tests.Adapters;

public sealed class MessengerChannelTests : MediaContract
{
    private static readonly byte[] Picture = [0xff, 0xd8, 0xff, 1];

    private readonly GraphServer _server = new("access");

    private readonly KeptFiles _files = new();

    private protected override ProviderServer Server => _server;

    private protected override IChannelAdapter Adapter => new MessengerAdapter(Client, _files, new HurriedTime());

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

    [Theory]
    [InlineData("image", "leak.jpg", new byte[] { 0xff, 0xd8, 0xff, 1 })]
    [InlineData("file", "manual.txt", new byte[] { 0x41 })]
    public async Task A_file_is_shown_and_then_its_words(string kind, string name, byte[] content)
    {
        SendOutcome outcome = await SendAsync(await WithFileAsync(name, content));

        Assert.Equal("m_2", Assert.IsType<SendOutcome.Sent>(outcome).ExternalId);
        ProviderCall file = _server.Taken[0];
        Assert.Equal(("/v23.0/42/messages", "/v23.0/42/messages"), (file.Path, _server.Taken[1].Path));
        MultipartReader form = new(file.Headers["Content-Type"].Split("boundary=")[1].Trim('"'), new MemoryStream(file.Bytes));
        Assert.Equal("""{"id":"77001"}""", await TextAsync("recipient"));
        Assert.Equal("RESPONSE", await TextAsync("messaging_type"));
        string message = """{"attachment":{"type":"kind","payload":{"is_reusable":false}}}""".Replace(
            "kind",
            kind,
            StringComparison.Ordinal
        );
        Assert.Equal(message, await TextAsync("message"));
        FileMultipartSection sent = (await form.ReadNextSectionAsync(TestContext.Current.CancellationToken))!.AsFileSection()!;
        using MemoryStream kept = new();
        await sent.FileStream!.CopyToAsync(kept, TestContext.Current.CancellationToken);
        Assert.Equal(("filedata", name), (sent.Name, sent.FileName));
        Assert.Equal(content, kept.ToArray());
        Assert.Equal("We are on it.", (string?)_server.Taken[1].Json["message"]!["text"]);

        async Task<string> TextAsync(string field)
        {
            FormMultipartSection section = (await form.ReadNextSectionAsync(TestContext.Current.CancellationToken))!.AsFormDataSection()!;
            Assert.Equal(field, section.Name);
            return await section.GetValueAsync();
        }
    }

    [Fact]
    public async Task A_file_that_is_not_taken_has_its_message_wait()
    {
        Server.FailNext(HttpStatusCode.ServiceUnavailable);

        Assert.IsType<SendOutcome.NotNow>(await SendAsync(await WithFileAsync("leak.jpg", Picture)));
        Assert.Empty(_server.Taken);
    }

    [Fact]
    public async Task Words_that_are_refused_after_their_file_say_why_and_the_file_is_not_shown_again()
    {
        JsonObject closed = new() { ["error"] = new JsonObject { ["code"] = 10 } };
        Server.FailNext(HttpStatusCode.BadRequest, closed, which: IsWords);

        Assert.Equal(new SendOutcome.Refused("onlyFileSent: windowClosed"), await SendAsync(await WithFileAsync("leak.jpg", Picture)));
        Assert.Single(_server.Taken);
    }

    [Fact]
    public async Task Words_that_cannot_go_at_once_after_their_file_go_soon()
    {
        Server.FailNext(HttpStatusCode.ServiceUnavailable, which: IsWords);
        Server.FailNext(HttpStatusCode.ServiceUnavailable, which: IsWords);

        Assert.Equal("m_2", Assert.IsType<SendOutcome.Sent>(await SendAsync(await WithFileAsync("leak.jpg", Picture))).ExternalId);
        Assert.Equal([true, false], _server.Taken.Select(static call => call.IsForm));
    }

    [Fact]
    public async Task Words_that_cannot_go_soon_after_their_file_say_why_and_the_file_is_not_shown_again()
    {
        for (int tries = 0; tries < 3; tries++)
            Server.FailNext(HttpStatusCode.ServiceUnavailable, which: IsWords);

        SendOutcome outcome = await SendAsync(await WithFileAsync("leak.jpg", Picture));

        Assert.Contains("503", Assert.IsType<SendOutcome.Refused>(outcome).Why, StringComparison.Ordinal);
        Assert.Equal(0, Server.FailuresLeft);
        Assert.Single(_server.Taken);
    }

    private static bool IsWords(ProviderCall call) => !call.IsForm;

    private async Task<OutgoingMessage> WithFileAsync(string name, byte[] content) =>
        Outgoing(To) with
        {
            Attachments = [await _files.StoreAsync(name, content, TestContext.Current.CancellationToken)],
        };
}
