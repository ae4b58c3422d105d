using System.Diagnostics;

namespace OmniIoT.Benchmarks;

/// <summary>The host as it would be run: built for release.</summary>
internal static class HostBuild
{
    /// <summary>Builds it; null when that failed.</summary>
    public static async Task<string?> RunAsync(string repository, CancellationToken cancellationToken)
    {
        // The console plays no part in a load run.
        using Process build = Process.Start(
            "dotnet",
            ["build", Path.Combine(repository, "cloud/OmniIoT.Host"), "-c", "Release", "-v", "quiet", "--nologo", "-p:BuildConsole=false"]
        );
        await using CancellationTokenRegistration stop = cancellationToken.Register(() => build.Kill(entireProcessTree: true));
        await build.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return build.ExitCode == 0 ? Path.Combine(repository, "cloud/OmniIoT.Host/bin/Release/net10.0/OmniIoT.Host.dll") : null;
    }
}
