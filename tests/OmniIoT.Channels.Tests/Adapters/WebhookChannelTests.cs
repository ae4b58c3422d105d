using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Webhook;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Channels.Tests.Adapters;

public sealed class WebhookChannelTests : HttpSendingContract
{
    private readonly AnyServer _server = new();

    private protected override ProviderServer Server => _server;

    private protected override IChannelAdapter Adapter => new WebhookAdapter(Client);

    private protected override IWebhookReader Reader { get; } = new WebhookReader();

    private protected override string Secret => "between us";

    private protected override Identity From { get; } = new("phone", "+994501234567");

    private protected override Channel Sending(string endpoint, string credential) =>
        Sample.Channel("webhook", $$"""{"url":"{{endpoint}}/hook","secret":"{{credential}}"}""");

    private protected override string Message(string id, string text) =>
        $$"""{"from":{"type":"phone","value":"+994 50 123 45 67","name":"Leyla"},"text":"{{text}}","externalId":"{{id}}","at":"2026-11-30T08:00:00Z"}""";

    private protected override WebhookCall Proven(string body, string secret) =>
        Call(body, headers: ("X-OmniIoT-Signature", Proof.Sha256Of(secret, System.Text.Encoding.UTF8.GetBytes(body))));

    [Theory]
    [InlineData("""{"text":"hi","externalId":"1"}""", "/from")]
    [InlineData("""{"from":{"type":"e mail","value":"a@b"},"text":"hi","externalId":"1"}""", "/from/type")]
    [InlineData("""{"from":{"type":"email","value":"a@b"},"text":"","externalId":"1"}""", "/text")]
    [InlineData("""{"from":{"type":"email","value":"a@b"},"text":"hi","externalId":"1","at":"soon"}""", "/at")]
    public void What_is_wrong_is_said_with_its_place(string body, string pointer) =>
        Assert.Equal(pointer, Assert.IsType<WebhookReading.Malformed>(Reader.Read(Channel, Proven(body, Secret))).Pointer);

    [Fact]
    public async Task What_is_sent_is_signed_and_names_the_message()
    {
        await SendAsync();

        ProviderCall call = Assert.Single(_server.Taken);
        Assert.Equal("0199", (string?)call.Json["externalId"]);
        Assert.Equal(Proof.Sha256Of(Secret, System.Text.Encoding.UTF8.GetBytes(call.Body)), call.Headers["X-OmniIoT-Signature"]);
    }

    private sealed class AnyServer : ProviderServer
    {
        protected override JsonObject Unauthorized => [];

        protected override JsonObject? Answer(ProviderCall call) => [];
    }
}
