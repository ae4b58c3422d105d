using System.Diagnostics;

namespace OmniIoT.Gateway.Tests.Clients;

/// <summary>Runs a third party's client; skips the test where it is not installed, unless the run requires all of them.</summary>
internal static class ExternalProgram
{
    public static void Require(string path, string package)
    {
        if (File.Exists(path))
            return;
        string reason = $"{path} is missing (Debian package {package}); tests/install-servers.sh installs it.";
        if (Environment.GetEnvironmentVariable("OMNIIOT_REQUIRE_SERVERS") == "1")
            Assert.Fail(reason);
        Assert.Skip(reason);
    }

    /// <summary>Starts a program; its output is read to the end in the background.</summary>
    public static RunningProgram Start(string path, params string[] arguments) => new(path, arguments);

    /// <summary>Runs a program to its end and returns its output; fails when its exit code is not 0.</summary>
    public static Task<string> RunAsync(string path, params string[] arguments) => RunAsync(Within.Limit, path, arguments);

    public static async Task<string> RunAsync(TimeSpan patience, string path, params string[] arguments)
    {
        await using RunningProgram program = Start(path, arguments);
        return await program.OutputAsync(patience);
    }
}

internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    public RunningProgram(string path, string[] arguments)
    {
        ProcessStartInfo start = new(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The output once the program ended by itself.</summary>
    public Task<string> OutputAsync() => OutputAsync(Within.Limit);

    public async Task<string> OutputAsync(TimeSpan patience)
    {
        await Within.LimitAsync(
            _process.WaitForExitAsync(),
            $"the end of {_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}",
            patience
        );
        string output = await _output;
        Assert.True(_process.ExitCode == 0, $"{_process.StartInfo.FileName} ended with {_process.ExitCode}: {await _errors} {output}");
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
