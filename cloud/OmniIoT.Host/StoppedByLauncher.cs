namespace OmniIoT.Host;

/// <summary>
/// In the place of the framework's handling of signals, which begins in mid start, where it breaks the start off, and ends before the
/// process does. Here the launcher alone stops the process, once it has started whole.
/// </summary>
internal sealed class StoppedByLauncher : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
