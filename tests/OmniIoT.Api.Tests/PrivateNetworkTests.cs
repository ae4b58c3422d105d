using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Security;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Api.Tests;

/// <summary>What people write down leads nobody into the network of the host.</summary>
public sealed class PrivateNetworkTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://localhost:9/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:192.168.1.1]/")]
    [InlineData("http://[64:ff9b::a00:1]/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("https://[fd00::1]/")]
    public async Task A_literal_is_refused_as_it_is_written(string url)
    {
        Answer answer = await host.PutAsync("webhooks/inner", new JsonObject { ["url"] = url, ["secret"] = "s" }.ToJsonString());

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/url"), (answer.Status, answer.Pointer));
    }

    [Fact]
    public async Task A_name_that_leads_there_is_refused_when_it_is_called()
    {
        await using ForeignSystem inner = new();
        await host.PutAsync("customers/ann", """{"name":"Ann"}""");
        // As it was stored while that was allowed: any name that the machine resolves to itself would do.
        DocumentSecrets secrets = host.Services.GetRequiredService<DocumentSecrets>();
        JsonObject document = new()
        {
            ["id"] = "named",
            ["url"] = inner.Endpoint.Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
            ["secret"] = "s",
        };
        secrets.Seal(DocumentKind.Webhook, "named", document);
        await host
            .Services.GetRequiredService<ICommitter>()
            .CommitAsync(
                new CommitUnit
                {
                    Effects =
                    {
                        new PutDocument(DocumentKind.Webhook, "named", System.Text.Encoding.UTF8.GetBytes(document.ToJsonString())),
                        new ListenToChanges(SystemNames.Webhook("named"), ["note.added"]),
                    },
                }
            );
        await host
            .Services.GetRequiredService<ICatalog>()
            .RefreshAsync(DocumentKind.Webhook, "named", TestContext.Current.CancellationToken);

        await host.PostAsync("customers/ann/timeline", """{"kind":"note.added","title":"Called"}""");
        JsonNode tried = await Awaited.Seen(
            async () => (await host.GetAsync("webhooks/named/deliveries")).Items.FirstOrDefault(one => one!["error"] is not null),
            "the try that was refused"
        );

        Assert.Contains("'localhost' lies in a private network", (string?)tried["error"], StringComparison.Ordinal);
        Assert.Null(tried["statusCode"]);
        Assert.Empty(inner.Taken);
    }
}
