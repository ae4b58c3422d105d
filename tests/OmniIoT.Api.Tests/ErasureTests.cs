using System.Diagnostics;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

/// <summary>Erasing a customer reaches every text that templates or people wrote of them: no file has their name any more.</summary>
public sealed class ErasureTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Model = """
        { "name": "Washer", "metrics": { "temperature": { "unit": "Cel" } }, "commands": { "show": { "timeoutSeconds": 3600 } },
          "rules": [ { "type": "overheat", "severity": "major", "when": "temperature > 80",
                       "case": { "title": "{{device.name}} of {{customer.name}} runs hot" }, "notify": { "text": "Dear {{customer.name}}, it is hot." } } ] }
        """;

    [Theory]
    [InlineData("Zarifa Nonesuch", "nonesuch-1")]
    [InlineData("Zərifə Tapılmazova", "nonesuch-2")]
    public async Task No_file_of_the_data_directory_has_an_erased_customers_name(string name, string id)
    {
        await host.PutAsync("models/erasure", Model);
        await host.PutAsync("customers/other", """{"name":"Bea"}""");
        await host.PutAsync($"customers/{id}", $$"""{"name":"{{name}}","identities":[{"type":"email","value":"{{id}}@example.com"}]}""");
        await LiveAsync(name, id, $"{id}-kept");
        await LiveAsync(name, id, $"{id}-sold");
        Assert.True(
            (await host.PutAsync($"devices/{id}-sold", """{"model":"erasure","customerId":"other","name":"Second hand"}""")).IsSuccess
        );
        await host.PostAsync("customers/other/merge", $$"""{"from":"{{id}}"}""");
        Assert.True((await host.PostAsync("customers/other/unmerge", $$"""{"from":"{{id}}"}""")).IsSuccess);
        await host.PostAsync("cases", $$"""{"customerId":"{{id}}","title":"Bill of {{name}}"}""");
        Assert.NotEmpty(FilesWith(name));

        Assert.True((await host.DeleteAsync($"customers/{id}")).IsSuccess);

        try
        {
            await Awaited.Seen<object>(
                () => Task.FromResult<object?>(FilesWith(name).Count == 0 ? this : null),
                "directory without the name"
            );
        }
        catch (TimeoutException)
        {
            Assert.Fail("The name still stands in: " + string.Join('\n', Search("-aobrE", "-e", $".{{0,100}}{name}.{{0,60}}")));
        }
        Assert.Empty(FilesWith(id + "@example.com"));
        Assert.Equal("erasure", (string?)(await host.GetAsync($"devices/{id}-kept")).Json!["model"]);
        Assert.Equal(2, (await host.GetAsync($"cases?deviceId={id}-sold")).Items.Count);
    }

    /// <summary>A device's life with the customer: what is measured, asked, told, typed.</summary>
    private async Task LiveAsync(string name, string customerId, string deviceId)
    {
        Answer device = await host.PutAsync(
            $"devices/{deviceId}",
            $$"""{"model":"erasure","customerId":"{{customerId}}","name":"{{name}}'s washer"}"""
        );
        await host.PublishAsync(deviceId, (string)device.Json!["secret"]!, $"devices/{deviceId}/telemetry", """{"temperature":91}""");
        JsonNode opened = Assert.Single((await host.GetAsync($"cases?deviceId={deviceId}")).Items)!;
        Assert.Contains(name, (string?)opened["title"], StringComparison.Ordinal);
        string caseId = (string)opened["id"]!;
        await host.SendAsync(HttpMethod.Patch, $"cases/{caseId}", $$"""{"title":"Hot at {{name}}'s"}""");
        await host.PostAsync($"cases/{caseId}/notes", $$"""{"text":"{{name}} called"}""");
        await host.PostAsync($"cases/{caseId}/resolve", $$"""{"resolution":"{{name}} cleaned it"}""");
        Assert.True(
            (await host.PostAsync($"devices/{deviceId}/commands", $$"""{"name":"show","arguments":{"text":"Dear {{name}}" } }""")).IsSuccess
        );
        Assert.True((await host.PostAsync($"devices/{deviceId}/messages", $$"""{"payload":{"text":"Dear {{name}}" } }""")).IsSuccess);
        Assert.True(
            (await host.SendAsync(HttpMethod.Patch, $"devices/{deviceId}/twin/desired", $$"""{"greeting":"Hello {{name}}"}""")).IsSuccess
        );
    }

    /// <summary>Searched from another process: one that closes a database's file lets go of the locks that SQLite has in its own.</summary>
    private List<string> FilesWith(string text) => Search("-rlaF", "-e", text, "-e", text.ToLowerInvariant());

    private List<string> Search(params string[] arguments)
    {
        using Process grep = Process.Start(
            new ProcessStartInfo("grep", [.. arguments, host.DataDirectory]) { RedirectStandardOutput = true }
        )!;
        string found = grep.StandardOutput.ReadToEnd();
        grep.WaitForExit();
        return [.. found.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
