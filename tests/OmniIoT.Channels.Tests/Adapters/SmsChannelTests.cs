using Microsoft.AspNetCore.WebUtilities;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Twilio;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Security;
using OmniIoT.TestKit.Providers;
using CreateMessageOptions = global::Twilio.Rest.Api.V2010.Account.CreateMessageOptions;
using RequestValidator = global::Twilio.Security.RequestValidator;

namespace OmniIoT.Channels.Tests.Adapters;

public sealed class SmsChannelTests : MediaContract
{
    private const string Account = "AC00000000000000000000000000000001";

    private readonly TwilioServer _server = new(Account, "twilio-token");

    private protected override ProviderServer Server => _server;

    private readonly FileLinks _links = new(new SignedLinks(new KeyOfRun().Key, new IdGenerator(TimeProvider.System, new Random(1))));

    private protected override IChannelAdapter Adapter =>
        new SmsAdapter(Client, new ChannelOptions { PublicUrl = "https://iot.example" }, _links);

    private protected override IWebhookReader Reader { get; } = new SmsReader();

    private protected override string Secret => "twilio-token";

    private protected override Identity From { get; } = new("phone", "+994501234567");

    private protected override Channel Sending(string endpoint, string credential) =>
        Sample.Channel(
            "sms",
            $$"""{"endpoint":"{{endpoint}}","accountSid":"{{Account}}","authToken":"{{credential}}","from":"+15550006789","region":"AZ"}"""
        );

    private protected override string Message(string id, string text) =>
        $"MessageSid={id}&From=050+123+45+67&To=%2B15550006789&Body={Uri.EscapeDataString(text)}&NumMedia=0";

    /// <summary>Signed by the algorithm as the provider's own library has it.</summary>
    private protected override WebhookCall Proven(string body, string secret) => Signed(body, secret, WebhookCall.Inbound);

    private protected override IMediaSource Media => new SmsMedia(Client);

    private protected override string MessageWithPicture() => MessageWithAddress(Server.Endpoint + "/media/ME1");

    private protected override string MessageWithAddress(string address) =>
        $"MessageSid=MM1&From=%2B994501234567&Body=Look&NumMedia=1&MediaContentType0=image%2Fjpeg&MediaUrl0={Uri.EscapeDataString(address)}";

    private protected override void Keep(byte[] picture) => Server.Keep("/media/ME1", picture);

    [Fact]
    public async Task A_picture_is_followed_to_where_the_provider_sends_on_and_the_password_stays()
    {
        Server.SendOn("/media/ME1", Server.Endpoint + "/store/ME1");
        Server.Keep("/store/ME1", [0xff, 0xd8, 0xff]);

        Assert.Single((await TakeAsync(MessageWithPicture())).Message.Attachments);
    }

    [Fact]
    public async Task A_picture_is_not_followed_to_anybody_else()
    {
        await using TwilioServer other = new(Account, "twilio-token");
        other.Keep("/store/ME1", [0xff, 0xd8, 0xff], isOpen: true);
        Server.SendOn("/media/ME1", other.Endpoint + "/store/ME1");

        InboundMessage message = (await TakeAsync(MessageWithPicture())).Message;

        Assert.Empty(message.Attachments);
        Assert.Equal("Look\n[image: it lies elsewhere than with the provider]", message.Text);
    }

    [Fact]
    public void The_providers_own_library_takes_the_signature_that_is_asked_for()
    {
        string body = Message("SM1", "a b & c");
        WebhookCall call = Proven(body, Secret);
        Dictionary<string, string> form = QueryHelpers.ParseQuery(body).ToDictionary(field => field.Key, field => field.Value.ToString());

        Assert.True(new RequestValidator(Secret).Validate(Address, form, call.Header("X-Twilio-Signature")));
        Assert.IsType<WebhookReading.Taken>(Reader.Read(Channel, call));
    }

    [Theory]
    [InlineData("delivered", "", MessageState.Delivered, null)]
    [InlineData("undelivered", "30006", MessageState.Failed, "bounced")]
    [InlineData("failed", "30008", MessageState.Failed, "Twilio 30008")]
    public void What_became_of_a_message_is_reported(string status, string code, MessageState state, string? error)
    {
        WebhookCall call = Signed($"MessageSid=SM9&MessageStatus={status}&ErrorCode={code}", Secret, WebhookCall.Status);

        Assert.Equal(
            new DeliveryReport("SM9", state, error),
            Assert.Single(Assert.IsType<WebhookReading.Taken>(Reader.Read(Channel, call)).Reports)
        );
    }

    [Fact]
    public async Task What_is_sent_names_where_the_status_is_told()
    {
        await SendAsync();

        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> form = QueryHelpers.ParseQuery(Assert.Single(_server.Taken).Body);
        Assert.Equal(("+994501234567", "+15550006789"), (form["To"].ToString(), form["From"].ToString()));
        Assert.Equal("https://iot.example/api/v1/channels/help/status", form["StatusCallback"].ToString());
    }

    [Fact]
    public async Task A_number_that_was_typed_without_its_country_leaves_with_it()
    {
        await SendAsync(Outgoing(new Identity("phone", "050 123 45 67")));

        Assert.Equal("+994501234567", QueryHelpers.ParseQuery(Assert.Single(_server.Taken).Body)["To"].ToString());
    }

    [Fact]
    public async Task Files_leave_by_links_as_the_providers_own_library_names_them()
    {
        await SendAsync(Outgoing(To) with { Attachments = [Kept("leak.jpg"), Kept("bill.pdf")] });

        ProviderCall call = Assert.Single(_server.Taken);
        string[] links = [.. QueryHelpers.ParseQuery(call.Body)["MediaUrl"].OfType<string>()];
        Assert.All(links, static link => Assert.StartsWith("https://iot.example/f/", link, StringComparison.Ordinal));
        string?[] files = [await FileOfAsync(links[0]), await FileOfAsync(links[1])];
        Assert.Equal(["leak.jpg", "bill.pdf"], files);
        CreateMessageOptions options = new(To.Value)
        {
            From = "+15550006789",
            Body = "We are on it.",
            StatusCallback = new Uri("https://iot.example/api/v1/channels/help/status"),
            MediaUrl = [.. links.Select(static link => new Uri(link))],
        };
        Assert.Equal(Ordered(options.GetParams().Select(static one => (one.Key, one.Value))), Ordered(Fields(call.Body)));

        ValueTask<string?> FileOfAsync(string link) => _links.FindAsync(link.Split('/')[^1], TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Files_do_not_leave_where_nobody_could_fetch_them()
    {
        SmsAdapter nowhere = new(Client, new ChannelOptions(), _links);
        OutgoingMessage message = Outgoing(To) with { Attachments = [Kept("leak.jpg")] };

        Assert.Equal(
            new SendOutcome.Refused("noPublicAddress"),
            await nowhere.SendAsync(Channel, message, TestContext.Current.CancellationToken)
        );
        Assert.Empty(_server.Taken);
    }

    private static Attachment Kept(string name) => new(name, name, "image/jpeg", 1);

    private static IEnumerable<(string Name, string Value)> Fields(string body) =>
        QueryHelpers.ParseQuery(body).SelectMany(static field => field.Value.Select(value => (field.Key, value!)));

    private static IEnumerable<(string, string)> Ordered(IEnumerable<(string Name, string Value)> fields) =>
        fields.OrderBy(static field => field.Name, StringComparer.Ordinal).ThenBy(static field => field.Value, StringComparer.Ordinal);

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The provider's algorithm.")]
    private static WebhookCall Signed(string body, string secret, string part)
    {
        string fields = string.Concat(
            QueryHelpers.ParseQuery(body).OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value)
        );
        byte[] signature = System.Security.Cryptography.HMACSHA1.HashData(
            System.Text.Encoding.UTF8.GetBytes(secret),
            System.Text.Encoding.UTF8.GetBytes(Address + fields)
        );
        return Call(body, part, ("X-Twilio-Signature", Convert.ToBase64String(signature)));
    }
}
