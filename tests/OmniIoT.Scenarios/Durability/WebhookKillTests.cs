using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Scenarios.Durability;

/// <summary>SIGKILL between what another system took and the record of it.</summary>
public sealed class WebhookKillTests
{
    private const string Allowed = "--OmniIoT:Webhooks:AllowPrivate=true";

    [Fact]
    public async Task A_change_that_was_taken_and_not_recorded_comes_again_with_its_id_and_before_those_after_it()
    {
        await using ForeignSystem system = new();
        using TemporaryDirectory directory = new();
        await using (HostProcess before = await HostProcess.StartAsync(directory.Path, Allowed))
        {
            await before.Api.PutAsync("customers/ann", """{"name":"Ann"}""");
            await before.Api.PutAsync(
                "webhooks/shop",
                $$"""{"url":"{{system.Endpoint}}/hook","events":["note.added"],"secret":"secret-of-the-house"}"""
            );
            Task held = system.HoldNext();
            await before.Api.PostAsync("customers/ann/timeline", """{"kind":"note.added","title":"first"}""");
            await Awaited.Within(held, "change at its system");
            await before.Api.PostAsync("customers/ann/timeline", """{"kind":"note.added","title":"second"}""");
            Assert.Empty(before.Errors);
            await before.KillAsync();
        }

        await using HostProcess after = await HostProcess.StartAsync(directory.Path, Allowed);
        await after.Api.SeenAsync(
            "webhooks/shop/deliveries",
            list => list["items"]!.AsArray().Count(one => (string?)one!["state"] == "delivered") == 2,
            "both changes at their system"
        );

        Assert.Equal(["first", "first", "second"], system.Taken.Select(call => (string?)call.Json["data"]!["title"]));
        string[] ids = [.. system.Taken.Select(call => call.Headers["X-OmniIoT-Delivery"])];
        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[1], ids[2]);
        Assert.Empty(after.Errors);
    }
}
