using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Api.Access;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Tests.Rights;

/// <summary>Two who change one account do not undo each other's work.</summary>
public sealed class AgentVersionTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_change_that_rests_on_an_older_version_is_refused()
    {
        await PutAsync("versioned", $$"""{"name":"One","password":"{{Password}}"}""");
        Answer read = await host.GetAsync("agents/versioned");
        Answer changed = await PutAsync("versioned", """{"name":"Two"}""", read.Tag);

        Assert.Equal((HttpStatusCode.OK, 2), (changed.Status, (int)changed.Json!["version"]!));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PutAsync("versioned", """{"name":"Three"}""", read.Tag)).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await DeleteAsync("versioned", read.Tag)).Status);
        Assert.Equal("Two", (string?)(await host.GetAsync("agents/versioned")).Json!["name"]);
        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync("versioned", changed.Tag)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("agents/versioned")).Status);
    }

    [Fact]
    public async Task A_name_that_is_edited_while_the_password_changes_does_not_bring_the_old_one_back()
    {
        AgentAccounts accounts = host.Services.GetRequiredService<AgentAccounts>();
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await PutAsync("renamed", $$"""{"password":"{{Password}}"}""");
        string renewed = SecretHasher.Hash("another battery of horses", 1);
        int asked = 0;

        // The password changes between the look at the account and the change that rests on it.
        AgentChange? change = await accounts.PutAsync(
            "renamed",
            before =>
            {
                if (asked++ == 0)
                    Task.Run(() => accounts.PutAsync("renamed", now => now! with { PasswordHash = renewed }, null, cancel), cancel)
                        .GetAwaiter()
                        .GetResult();
                return before! with { Name = "Renamed" };
            },
            null,
            cancel
        );

        Assert.Equal(2, asked);
        Assert.Equal(("Renamed", renewed), (change!.After!.Name, change.After.PasswordHash));
    }

    private Task<Answer> PutAsync(string id, string json, string? tag = null) => host.SendAsync(HttpMethod.Put, $"agents/{id}", json, tag);

    private Task<Answer> DeleteAsync(string id, string? tag) => host.SendAsync(HttpMethod.Delete, $"agents/{id}", null, tag);
}
