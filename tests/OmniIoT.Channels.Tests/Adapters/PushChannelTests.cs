using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Outbound;
using OmniIoT.Channels.Push;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Channels.Tests.Adapters;

/// <summary>Browsers that are told things, against a push service that decrypts.</summary>
public sealed class PushChannelTests : IAsyncDisposable
{
    private readonly PushServer _server = new(TimeProvider.System);
    private readonly ProviderClient _client = new(TimeProvider.System);
    private readonly Ended _subscriptions = new();
    private readonly KeyOfRun _key = new();

    private ChannelOptions _options = new();
    private string _subject = """ ,"subject":"mailto:help@shop.example" """;

    private Channel Channel => Sample.Channel("push", $$"""{"endpoint":"{{_server.Endpoint}}"{{_subject}}}""");

    [Fact]
    public void The_example_of_the_standard_is_read()
    {
        // RFC 8291, appendix A.
        using ECDiffieHellman key = ECDiffieHellman.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                D = Base64Url.DecodeFromChars("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"),
            }
        );
        PushBrowser browser = new(key, Base64Url.DecodeFromChars("BTBZMqHH6r4Tts7J_aSIgg"));

        browser.Read(
            Base64Url.DecodeFromChars(
                "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
            )
        );

        Assert.Equal("When I grow up, I want to be a watermelon", Assert.Single(browser.Told));
    }

    [Fact]
    public async Task Every_browser_of_the_person_reads_the_words()
    {
        (PushBrowser phone, string first) = _server.Subscribe();
        (PushBrowser desk, string second) = _server.Subscribe();
        _server.ServerKey = await Vapid().PublicAsync(TestContext.Current.CancellationToken);

        SendOutcome outcome = await SendAsync(Of(phone, first), Of(desk, second));

        Assert.IsType<SendOutcome.Sent>(outcome);
        Assert.All(
            new[] { phone, desk },
            browser =>
            {
                JsonNode told = JsonNode.Parse(Assert.Single(browser.Told))!;
                Assert.Equal(("Help", "Biz yoldayıq 💧"), ((string?)told["title"], (string?)told["text"]));
            }
        );
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task A_browser_that_is_gone_is_taken_away_and_the_others_are_told(HttpStatusCode status)
    {
        (PushBrowser gone, string first) = _server.Subscribe();
        (PushBrowser here, string second) = _server.Subscribe();
        _server.FailNext(status);

        SendOutcome outcome = await SendAsync(Of(gone, first), Of(here, second));

        Assert.IsType<SendOutcome.Sent>(outcome);
        Assert.Equal([("leyla", first)], _subscriptions.Of);
        Assert.Single(here.Told);
    }

    [Fact]
    public async Task Where_a_channel_does_not_say_whom_a_service_may_write_to_it_is_the_hosts_own_address()
    {
        (PushBrowser browser, string endpoint) = _server.Subscribe();
        (_subject, _options) = ("", new ChannelOptions { PublicUrl = "https://iot.shop.example" });

        Assert.IsType<SendOutcome.Sent>(await SendAsync(Of(browser, endpoint)));
    }

    [Fact]
    public async Task When_all_browsers_are_gone_it_has_bounced()
    {
        (PushBrowser gone, string endpoint) = _server.Subscribe();
        _server.FailNext(HttpStatusCode.Gone);

        Assert.Equal(new SendOutcome.Refused("bounced"), await SendAsync(Of(gone, endpoint)));
    }

    [Fact]
    public async Task A_service_that_fails_is_tried_again()
    {
        (PushBrowser browser, string endpoint) = _server.Subscribe();
        _server.FailNext(HttpStatusCode.ServiceUnavailable);

        Assert.IsType<SendOutcome.NotNow>(await SendAsync(Of(browser, endpoint)));
        Assert.Empty(_subscriptions.Of);
    }

    [Theory]
    [InlineData("http://169.254.169.254/x")]
    [InlineData("https://example.com/push/1")]
    [InlineData("https://fcm.googleapis.com.example.com/x")]
    [InlineData("https://evilpush.apple.com/x")]
    public void An_address_that_is_no_push_services_is_refused(string endpoint)
    {
        PushBrowser browser = new();

        Assert.NotNull(Vapid().FindMistake(Channel, Of(browser, endpoint)));
        Assert.Null(Vapid().FindMistake(Channel, Of(browser, "https://fcm.googleapis.com/fcm/send/abc")));
    }

    [Theory]
    [InlineData("", "AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("not base64!", "AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(null, "short")]
    public void Keys_that_are_none_are_refused(string? key, string auth)
    {
        PushSubscription subscription = new("https://fcm.googleapis.com/fcm/send/abc", key ?? new PushBrowser().Key, auth);

        Assert.NotNull(Vapid().FindMistake(Channel, subscription));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    private Vapid Vapid() => new(_key.Key, TimeProvider.System);

    private static PushSubscription Of(PushBrowser browser, string endpoint) => new(endpoint, browser.Key, browser.Auth);

    private ValueTask<SendOutcome> SendAsync(params IReadOnlyList<PushSubscription> browsers) =>
        new PushAdapter(_client, Vapid(), _subscriptions, _options).SendAsync(
            Channel,
            new OutgoingMessage
            {
                MessageId = "0199",
                ConversationId = "talk",
                CustomerId = "leyla",
                Channel = "help",
                To = new Identity("push", "leyla"),
                Text = "Biz yoldayıq 💧",
                Browsers = browsers,
                CreatedAt = new OmniIoT.Devices.Time.Instant(1_700_000_000_000),
            },
            TestContext.Current.CancellationToken
        );

    private sealed class Ended : IPushSubscriptions
    {
        public List<(string Customer, string Endpoint)> Of { get; } = [];

        public ValueTask EndAsync(string customerId, string endpoint, CancellationToken cancellationToken)
        {
            Of.Add((customerId, endpoint));
            return ValueTask.CompletedTask;
        }

        public ValueTask<bool> SubscribeAsync(string customerId, PushSubscription subscription, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
