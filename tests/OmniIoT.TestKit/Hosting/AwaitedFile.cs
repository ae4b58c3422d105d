using System.Diagnostics;

namespace OmniIoT.TestKit.Hosting;

/// <summary>
/// A named pipe in a file's place: the program that opens it stands still until the test has written it. So a test can meet a
/// program at its start.
/// </summary>
public sealed class AwaitedFile
{
    private readonly string _path;

    private AwaitedFile(string path) => _path = path;

    public static async Task<AwaitedFile> CreateAsync(string path)
    {
        using Process mkfifo = Process.Start("mkfifo", [path]);
        await mkfifo.WaitForExitAsync();
        return mkfifo.ExitCode == 0 ? new AwaitedFile(path) : throw new IOException($"No named pipe at {path}.");
    }

    /// <summary>Returns once somebody has opened it to read, who now waits for what is written here.</summary>
    public Task<StreamWriter> OpenedAsync() =>
        Awaited.Within(
            Task.Factory.StartNew(
                () => new StreamWriter(_path),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            ),
            $"program that opens {_path}"
        );
}
