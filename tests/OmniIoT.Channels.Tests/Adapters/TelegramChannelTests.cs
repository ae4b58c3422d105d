using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Telegram;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Channels.Tests.Adapters;

public sealed class TelegramChannelTests : HttpSendingContract
{
    private const string Token = "123456:token";

    private readonly TelegramServer _server = new(Token);

    private protected override ProviderServer Server => _server;

    private protected override IChannelAdapter Adapter => new TelegramAdapter(Client);

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
}
