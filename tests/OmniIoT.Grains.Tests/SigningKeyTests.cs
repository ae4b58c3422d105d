using System.Text;
using System.Text.Json;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Tests;

public sealed class SigningKeyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_key_stays_the_same_over_a_restart_and_shows_nothing_of_itself_in_storage()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        byte[] key = await harness.Get<SigningKey>().GetAsync(Cancel);

        await harness.RestartAsync();

        Assert.Equal(key, await harness.Get<SigningKey>().GetAsync(Cancel));
        Assert.DoesNotContain(Convert.ToBase64String(key), await StoredAsync(harness), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_an_earlier_version_kept_as_it_is_stays_and_is_sealed()
    {
        byte[] earlier = [.. Enumerable.Range(1, SignedToken.KeyBytes).Select(number => (byte)number)];
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.PutAsync(DocumentKind.Setting, "signing-key", JsonSerializer.Serialize(earlier));

        Assert.Equal(earlier, await harness.Get<SigningKey>().GetAsync(Cancel));
        Assert.DoesNotContain(Convert.ToBase64String(earlier), await StoredAsync(harness), StringComparison.Ordinal);
        await harness.RestartAsync();

        Assert.Equal(earlier, await harness.Get<SigningKey>().GetAsync(Cancel));
    }

    [Fact]
    public async Task A_key_that_nobody_can_open_any_more_is_made_anew()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        byte[] key = await harness.Get<SigningKey>().GetAsync(Cancel);

        byte[] other = await new SigningKey(
            harness.Get<IDocumentQueries>(),
            harness.Get<Ports.Commit.ICommitter>(),
            new SecretSealer(new byte[SecretSealer.KeyBytes]),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<SigningKey>.Instance
        ).GetAsync(Cancel);

        Assert.Equal(SignedToken.KeyBytes, other.Length);
        Assert.NotEqual(key, other);
    }

    private static async Task<string> StoredAsync(GrainsHarness harness) =>
        Encoding.UTF8.GetString((await harness.Get<IDocumentQueries>().FindAsync(DocumentKind.Setting, "signing-key", Cancel))!.Json);
}
