//! The GPU natively, on the driver at hand. Without one the tests pass, unless GRADLOOM_REQUIRE_GPU is set.

#![cfg(not(target_arch = "wasm32"))]

mod checks;

use gradloom_engine::device::gpu::Gpu;

macro_rules! native {
    ($module:ident :: $name:ident) => {
        #[test]
        fn $name() {
            pollster::block_on(async {
                match Gpu::request().await {
                    Ok(gpu) => checks::$module::$name(&gpu).await,
                    Err(error) => assert!(std::env::var_os("GRADLOOM_REQUIRE_GPU").is_none(), "{error}"),
                }
            });
        }
    };
}

every_check!(native);
