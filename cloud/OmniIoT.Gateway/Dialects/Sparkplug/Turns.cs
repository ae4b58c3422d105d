using System.Threading.Channels;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>One at a time, in the order of their coming; whoever waits blocks no thread.</summary>
internal sealed class Turns
{
    private readonly Channel<bool> _taken = Channel.CreateBounded<bool>(1);

    public ValueTask EnterAsync(CancellationToken cancellationToken) => _taken.Writer.WriteAsync(true, cancellationToken);

    public void Leave() => _taken.Reader.TryRead(out _);
}
