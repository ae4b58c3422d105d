using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OmniIoT.Edge.Updates;

/// <summary>Starts the agent of a slot, and ends it.</summary>
internal static partial class Launcher
{
    private const int SigTerm = 15;
    private static readonly string[] Names = ["omniiot-edge", "OmniIoT.Edge"];

    /// <summary>The program and, where it is the runtime, what it runs; null when no agent is there.</summary>
    public static string[]? Find(string folder)
    {
        foreach (string path in Names.Select(name => Path.Combine(folder, name)))
        {
            if (File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0))
                return [path];
        }
        string library = Path.Combine(folder, "OmniIoT.Edge.dll");
        string runtime = Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";
        return File.Exists(library) ? [runtime, library] : null;
    }

    /// <summary>Starts it with the arguments of this process.</summary>
    /// <param name="version">Null: it knows by itself.</param>
    /// <exception cref="InvalidDataException">There is none, or it is no program for this machine.</exception>
    public static Process Start(string folder, string? version, string? healthyFile)
    {
        string[] command = Find(folder) ?? throw new InvalidDataException("there is no agent in the slot");
        ProcessStartInfo start = new(command[0], [.. command[1..], .. Environment.GetCommandLineArgs()[1..]]);
        start.Environment[TrialEnvironment.Version] = version;
        start.Environment[TrialEnvironment.Healthy] = healthyFile;
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new InvalidDataException($"it cannot be started: {failure.Message}");
        }
    }

    /// <summary>Waits for its end; when told to stop, asks it to, and kills it after the five seconds that a stop may take.</summary>
    public static async Task<int> AwaitAsync(Process process, CancellationToken stopping)
    {
        try
        {
            await process.WaitForExitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process);
        }
        return process.ExitCode;
    }

    public static async Task StopAsync(Process process)
    {
        if (process.HasExited)
            return;
        _ = Signal(process.Id, SigTerm);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
