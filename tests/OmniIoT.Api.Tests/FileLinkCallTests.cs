using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Api.Tests;

/// <summary>Files that a provider fetches itself, of a host that the world knows by an address.</summary>
public sealed class FileLinkCallTests : IAsyncLifetime
{
    private const string PublicUrl = "https://iot.example";

    private static readonly byte[] Picture = [0x89, .. "PNG\r\n\x1a\n"u8, 1, 2, 3];

    private readonly RunningHost _host = new(static settings => settings with { PublicUrl = PublicUrl });

    private readonly TwilioServer _twilio = new("AC1", "token");

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _twilio.DisposeAsync();
    }

    [Fact]
    public async Task The_file_of_a_text_message_is_fetched_by_its_link_alone()
    {
        await SetUpAsync();
        string file = await StoreAsync();

        Answer posted = await _host.PostAsync(
            "conversations/" + (await BeginAsync())["id"] + "/messages",
            $$"""{"text":"See here","channel":"sms","attachmentIds":["{{file}}"]}"""
        );

        Assert.Equal(HttpStatusCode.Created, posted.Status);
        ProviderCall sent = await Awaited.Seen(() => Task.FromResult(_twilio.Taken.ElementAtOrDefault(1)), "the message with the picture");
        string link = QueryHelpers.ParseQuery(sent.Body)["MediaUrl"].ToString();
        Assert.StartsWith(PublicUrl + "/f/", link, StringComparison.Ordinal);
        string path = link[PublicUrl.Length..];
        using HttpClient provider = _host.ClientWith(null);
        using HttpResponseMessage fetched = await provider.GetAsync(path, Cancel);
        using HttpResponseMessage looked = await provider.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Cancel);
        Assert.Equal("image/png", fetched.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Picture, await fetched.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal((HttpStatusCode.OK, Picture.Length), (looked.StatusCode, looked.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task A_link_that_nobody_made_or_that_is_for_something_else_leads_to_no_file()
    {
        await SetUpAsync();
        string file = await StoreAsync();
        using HttpClient stranger = _host.ClientWith(null);
        Answer visitor = await RunningHost.SendAsync(stranger, HttpMethod.Post, "/chat/api/visitors", """{"name":"Ann"}""");

        foreach (
            string token in (string[])[file, "file-link.YTE.9999999999999.AAAA", (string)visitor.Json!["token"]!, new string('a', 600)]
        )
        {
            Answer answer = await RunningHost.SendAsync(stranger, HttpMethod.Get, $"/f/{token}", null);
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task SetUpAsync()
    {
        string settings = $$"""{"endpoint":"{{_twilio.Endpoint}}","accountSid":"AC1","authToken":"token","from":"+15550006789"}""";
        Answer channel = await _host.PutAsync("channels/sms", $$"""{"type":"sms","name":"Text","settings":{{settings}}}""");
        Assert.True(channel.IsSuccess, channel.Text);
        Answer customer = await _host.PutAsync(
            "customers/ann",
            """{"name":"Ann","consent":{"sms":true},"identities":[{"type":"phone","value":"+994501112233","verified":true}]}"""
        );
        Assert.True(customer.IsSuccess, customer.Text);
    }

    private async Task<JsonNode> BeginAsync()
    {
        Answer begun = await _host.PostAsync("conversations", """{"customerId":"ann","channel":"sms","text":"Good day"}""");
        Assert.Equal(HttpStatusCode.Created, begun.Status);
        return begun.Json!;
    }

    private async Task<string> StoreAsync()
    {
        using MultipartFormDataContent form = new() { { new ByteArrayContent(Picture), "file", "leak.png" } };
        using HttpResponseMessage answer = await _host.Http.PostAsync("/api/v1/attachments", form, Cancel);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["id"]!;
    }
}
