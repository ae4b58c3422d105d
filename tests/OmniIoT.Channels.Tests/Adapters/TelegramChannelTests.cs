using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Telegram;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Channels.Tests.Adapters;

public sealed class TelegramChannelTests : MediaContract
{
    private const string Token = "123456:token";

    private readonly TelegramServer _server = new(Token);

    private readonly KeptFiles _files = new();

    private protected override ProviderServer Server => _server;

    private protected override IChannelAdapter Adapter => new TelegramAdapter(Client, _files);

    private protected override IWebhookReader Reader { get; } = new TelegramReader();

    private protected override string Secret => "header-secret";

    private protected override Identity From { get; } = new("telegram", "5550001");

    private protected override Channel Sending(string endpoint, string credential) =>
        Sample.Channel("telegram", $$"""{"endpoint":"{{endpoint}}","token":"{{Token}}","secretToken":"{{credential}}"}""");

    private protected override string Message(string id, string text) =>
        $$$"""
            {"update_id":1,"message":{"message_id":{{{id.Length + id[^1]}}},"date":1764489600,"from":{"id":5550001,"first_name":"Leyla"},
            "chat":{"id":5550001,"type":"private"},"text":"{{{text}}}"}}
            """;

    private protected override WebhookCall Proven(string body, string secret) =>
        Call(body, headers: ("X-Telegram-Bot-Api-Secret-Token", secret));

    private protected override IMediaSource Media => new TelegramMedia(Client);

    private protected override string MessageWithPicture() =>
        """
            {"update_id":1,"message":{"message_id":7,"date":1764489600,"chat":{"id":5550001,"type":"private"},"caption":"Look",
            "photo":[{"file_id":"small","width":90},{"file_id":"large","width":1280}]}}
            """;

    private protected override string? MessageWithAddress(string address) => null;

    private protected override void Keep(byte[] picture) => Server.Keep($"/file/bot{Token}/photos/large.jpg", picture);

    [Fact]
    public async Task The_providers_own_library_speaks_to_the_stand_in()
    {
        global::Telegram.Bot.TelegramBotClient bot = new(new global::Telegram.Bot.TelegramBotClientOptions(Token, Server.Endpoint));

        global::Telegram.Bot.Types.Message sent = await global::Telegram.Bot.TelegramBotClientExtensions.SendMessage(
            bot,
            5550001,
            "hello",
            cancellationToken: TestContext.Current.CancellationToken
        );

        Assert.Equal("hello", sent.Text);
    }

    [Fact]
    public async Task Who_blocked_the_bot_has_bounced()
    {
        Server.FailNext(System.Net.HttpStatusCode.Forbidden);

        Assert.Equal("bounced", Assert.IsType<SendOutcome.Refused>(await SendAsync()).Why);
    }

    [Fact]
    public void A_group_is_nobodys_conversation() =>
        Assert.Empty(Taken(Message("m", "x").Replace("private", "group", StringComparison.Ordinal)));

    [Theory]
    [InlineData("99999999999999999")]
    [InlineData("-9000000000000000")]
    public void A_time_that_nobody_can_write_is_none(string time) =>
        Assert.Null(Assert.Single(Taken(Message("m-1", "x").Replace("1764489600", time, StringComparison.Ordinal))).Message.At);

    [Theory]
    [InlineData(1, "sendDocument")]
    [InlineData(3, "sendMediaGroup")]
    public async Task Files_leave_by_one_call_with_the_words(int count, string method)
    {
        List<Attachment> files = [];
        for (int number = 0; number < count; number++)
            files.Add(await _files.StoreAsync($"page{number}.txt", "Turn it"u8.ToArray(), TestContext.Current.CancellationToken));

        SendOutcome.Sent sent = Assert.IsType<SendOutcome.Sent>(await SendAsync(Outgoing(To) with { Attachments = files }));

        ProviderCall call = Assert.Single(Server.Taken);
        Assert.EndsWith(method, call.Path, StringComparison.Ordinal);
        Assert.All(files, file => Assert.Contains($"filename={file.Name}", call.Body, StringComparison.Ordinal));
        Assert.Contains("We are on it.", call.Body, StringComparison.Ordinal);
        Assert.NotNull(sent.ExternalId);
    }
}
