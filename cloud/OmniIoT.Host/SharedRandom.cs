using System.Security.Cryptography;

namespace OmniIoT.Host;

/// <summary>The one source of chance: the operating system's, safe for all threads, and not to be guessed.</summary>
internal sealed class SharedRandom : Random
{
    public override void NextBytes(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);

    public override void NextBytes(byte[] buffer) => RandomNumberGenerator.Fill(buffer);

    public override int Next() => Next(int.MaxValue);

    public override int Next(int maxValue) => maxValue <= 1 ? 0 : RandomNumberGenerator.GetInt32(maxValue);

    public override int Next(int minValue, int maxValue) =>
        maxValue <= minValue + 1 ? minValue : RandomNumberGenerator.GetInt32(minValue, maxValue);

    public override long NextInt64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        NextBytes(bytes);
        return BitConverter.ToInt64(bytes) & long.MaxValue;
    }

    public override double NextDouble() => Sample();

    protected override double Sample() => (NextInt64() >> 10) * (1.0 / (1L << 53));
}
