using System.Text;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.SecondFactor;
using OmniIoT.Devices.Time;
using OmniIoT.Ports;
using OmniIoT.Ports.Security;
using OmniIoT.Storage.Sqlite;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests.Rights;

/// <summary>Codes by time.</summary>
public sealed class TotpTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 15, TimeSpan.Zero));
    private readonly SqliteStore _store;
    private readonly SecondFactors _factors;

    public TotpTests()
    {
        _store = SqliteStore.Open(new SqliteStoreOptions { Directory = _directory.Path }, _time);
        _factors = Process();
    }

    private long Now => Totp.StepOf(Instant.FromTime(_time.GetUtcNow()));

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    /// <summary>RFC 6238, appendix B, SHA-1; of its eight digits the last six.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeOf(Encoding.ASCII.GetBytes("12345678901234567890"), Totp.StepOf(new Instant(seconds * 1000))));

    /// <summary>RFC 4648, 10.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_spelt_as_apps_take_them(string text, string spelt) =>
        Assert.Equal(spelt, Base32.Encode(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task A_clock_may_be_half_a_minute_off(int steps, bool isTaken)
    {
        byte[] secret = (await _factors.BeginAsync("leyla", CancellationToken.None))!;

        Assert.Equal(isTaken, await _factors.ConfirmAsync("leyla", Totp.CodeOf(secret, Now + steps), CancellationToken.None) is not null);
        Assert.Equal(isTaken, await _factors.IsOnAsync("leyla", CancellationToken.None));
    }

    [Fact]
    public async Task No_code_is_taken_twice_nor_one_from_before_it()
    {
        byte[] secret = (await _factors.BeginAsync("leyla", CancellationToken.None))!;
        await _factors.ConfirmAsync("leyla", Totp.CodeOf(secret, Now), CancellationToken.None);

        Assert.False(await _factors.TakeAsync("leyla", Totp.CodeOf(secret, Now), CancellationToken.None));
        Assert.False(await _factors.TakeAsync("leyla", Totp.CodeOf(secret, Now - 1), CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(await _factors.TakeAsync("leyla", Totp.CodeOf(secret, Now), CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_processes_that_are_shown_one_code_at_once_one_takes_it()
    {
        byte[] secret = (await _factors.BeginAsync("leyla", CancellationToken.None))!;
        await _factors.ConfirmAsync("leyla", Totp.CodeOf(secret, Now - 1), CancellationToken.None);
        SecondFactors[] processes = [.. Enumerable.Range(0, 8).Select(_ => Process())];

        bool[] taken = await Task.WhenAll(
            processes.Select(one => Task.Run(() => one.TakeAsync("leyla", Totp.CodeOf(secret, Now), CancellationToken.None)))
        );

        Assert.Single(taken, one => one);
    }

    [Fact]
    public async Task Each_recovery_code_is_taken_once_however_it_is_typed()
    {
        byte[] secret = (await _factors.BeginAsync("leyla", CancellationToken.None))!;
        IReadOnlyList<string> codes = (await _factors.ConfirmAsync("leyla", Totp.CodeOf(secret, Now), CancellationToken.None))!;

        Assert.Equal(10, codes.Distinct().Count());
        Assert.True(await _factors.TakeAsync("leyla", codes[3].ToUpperInvariant().Replace('-', ' '), CancellationToken.None));
        Assert.False(await _factors.TakeAsync("leyla", codes[3], CancellationToken.None));
        Assert.True(await _factors.TakeAsync("leyla", codes[4], CancellationToken.None));
        Assert.Equal(8, (await _factors.FindAsync("leyla", CancellationToken.None))!.Recovery.Count);
    }

    [Fact]
    public async Task The_secret_is_stored_sealed()
    {
        byte[] secret = (await _factors.BeginAsync("leyla", CancellationToken.None))!;

        byte[] stored = (await _factors.FindAsync("leyla", CancellationToken.None))!.Sealed;

        Assert.Equal(-1, stored.AsSpan().IndexOf(secret));
        Assert.Equal(-1, stored.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToBase64String(secret))));
    }

    private SecondFactors Process() =>
        new(
            new AccessDocuments(_store.Documents, new DirectCommitter(_store)),
            new SecretSealer(new byte[SecretSealer.KeyBytes]),
            new IdGenerator(_time, new Random(1))
        );
}
